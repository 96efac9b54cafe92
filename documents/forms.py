"""What is asked about a document."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.refusals import Refusal
from documents import rules
from documents.models import Kind
from documents.rules import ACCEPTED
from frontend.fields import FileField, LongTextField, Look, RadiosField, TextField, TokenField
from frontend.forms import Form


def must_be_accepted(file: "UploadedFile[bytes]") -> None:
    """Said at once with whatever else is wrong, so that nobody chooses a file twice; the service asks again."""
    try:
        rules.examine(file.read())
    except rules.NotAccepted as refusal:
        raise ValidationError(str(refusal)) from refusal
    file.seek(0)


class AddForm(Form):
    file = FileField("File", noun="a file", hint=f"{ACCEPTED}, 10 MB at most")
    title = TextField(
        "What is it?",
        noun="what the document is",
        max_length=120,
        hint="For example, letter from the school about attendance",
    )
    kind = RadiosField("What kind of document is it?", noun="the kind of document", choices=Kind.choices)
    token = TokenField()

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        must_be_accepted(file)
        return file

    def refuse(self, refusal: Refusal) -> None:
        """The sentence beside the file, which is to be chosen again: browsers do not send it back."""
        self.add_error("file", str(refusal))


class WithdrawForm(Form):
    reason = LongTextField(
        "Why should nobody open it any more?",
        noun="why nobody should open it any more",
        max_length=500,
        hint="For example, it is about another child",
        look=Look(size="m", rows=3, count=True),
    )
