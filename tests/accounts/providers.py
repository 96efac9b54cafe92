"""Agencies' sign-ins for tests: an OpenID Connect provider that answers over HTTP, and a SAML one that signs."""

import base64
import hashlib
import json
import secrets
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Words
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Saml


def new_key() -> tuple[rsa.RSAPrivateKey, str]:
    """And how it is written."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key, key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


KEY, PEM = new_key()


class OpenIdProvider:
    """Whoever comes to it is `claims`; it hands out codes bound to the browser that asked (PKCE)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self._codes: dict[str, tuple[str, dict[str, Any]]] = {}

    def authorise(self, location: str) -> str:
        """What the browser does there: it comes with our question and is sent back with a code."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        code = secrets.token_urlsafe()
        self._codes[code] = self.asked["code_challenge"], dict(self.claims)
        back = urlsplit(self.asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': self.asked['state']})}"

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, form: dict[str, list[str]]) -> dict[str, Any]:
        challenge, claims = self._codes.pop(form["code"][0])
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != challenge:
            return {"error": "invalid_grant"}
        times = {"iat": int(time.time()), "exp": int(time.time()) + 300, "auth_time": int(time.time())}
        body = {"iss": self.address, "aud": form["client_id"][0], **times, **claims}
        return {"access_token": "t", "token_type": "Bearer", "id_token": jwt.encode(body, PEM, algorithm="RS256")}


@contextmanager
def open_id_provider() -> Iterator[OpenIdProvider]:
    """One that runs on this machine until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(provider.configuration())

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(provider.token(parse_qs(text)))

        def _answer(self, what: dict[str, Any]) -> None:
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = OpenIdProvider(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


class SamlProvider:
    entity, sso_url = "https://idp.example.org/", "https://idp.example.org/sso"

    def __init__(self) -> None:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example.org")])
        now = datetime.now(UTC)
        built = x509.CertificateBuilder().issuer_name(name).subject_name(name).public_key(KEY.public_key())
        dated = built.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
        made = dated.serial_number(x509.random_serial_number()).sign(KEY, hashes.SHA256())
        self.certificate = made.public_bytes(serialization.Encoding.PEM).decode()

    def question(self, location: str) -> str:
        """The number of the question with which the browser comes."""
        packed = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
        return str(etree.fromstring(zlib.decompress(base64.b64decode(packed), -15)).get("ID"))

    def answer(self, subject: str, *, to: str, audience: str, question: str = "", sign: bool = True) -> str:
        """As the browser posts it."""
        now = datetime.now(UTC)
        ago, ahead = (f"{now + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}" for n in (-1, 5))
        replies = f'InResponseTo="{question}"' if question else ""
        assertion = f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{secrets.token_hex(8)}"
            Version="2.0" IssueInstant="{ago}"><saml:Issuer>{self.entity}</saml:Issuer><saml:Subject>
            <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID>
            <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
            NotOnOrAfter="{ahead}" Recipient="{to}" {replies}/></saml:SubjectConfirmation></saml:Subject>
            <saml:Conditions NotBefore="{ago}" NotOnOrAfter="{ahead}"><saml:AudienceRestriction>
            <saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
            <saml:AuthnStatement AuthnInstant="{ago}" SessionIndex="_s"><saml:AuthnContext><saml:AuthnContextClassRef>
            urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>
            </saml:AuthnStatement></saml:Assertion>"""
        if sign:
            signed = Saml.add_sign(assertion, PEM, self.certificate, False, Words.RSA_SHA256, Words.SHA256)
            assertion = signed.decode() if isinstance(signed, bytes) else signed
        response = f"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
            xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{secrets.token_hex(8)}" Version="2.0"
            IssueInstant="{ago}" Destination="{to}" {replies}><saml:Issuer>{self.entity}</saml:Issuer><samlp:Status>
            <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}
            </samlp:Response>"""
        return base64.b64encode(response.encode()).decode()
