"""What those are asked who tell MASH: professionals, and people without an account."""

from typing import Any

from django import forms

from frontend.fields import (
    LongTextField,
    Look,
    RadiosField,
    Reveal,
    TextField,
    TokenField,
    YesNoField,
)
from frontend.forms import Form, with_value
from referrals.models import Relationship
from riskassessment.models import LONG_TEXT

KNOWS = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))


class MakeForm(Form):
    """A professional's referral."""

    concern = LongTextField(
        "What worries you?",
        noun="what worries you",
        hint="What you saw or heard, when, and from whom. Use the child’s own words where you can.",
        max_length=LONG_TEXT,
        look=Look(size="m", rows=8),
    )
    immediate_danger = YesNoField(
        "Is the child in immediate danger now?",
        noun="whether the child is in immediate danger",
        look=Look(size="m", inline=True, reveal=Reveal(when=("yes",), fields=("danger_details",))),
    )
    danger_details = LongTextField(
        "Call 999 now. Then tell us what the danger is and what was done",
        noun="what the danger is and what was done",
        required=False,
    )
    trafficking_indicated = YesNoField(
        "Is there any sign of trafficking?",
        noun="whether there is any sign of trafficking",
        hint="For example, the child is moved from place to place to be exploited, even within a town.",
        look=Look(size="m", inline=True),
    )
    child_informed = RadiosField(
        "Does the child know that you are telling us?",
        noun="whether the child knows",
        choices=KNOWS,
        look=Look(size="m", inline=True),
    )
    parents_informed = RadiosField(
        "Do the parents or carers know?",
        noun="whether the parents or carers know",
        hint="You need not tell them first where that could put the child at risk.",
        choices=KNOWS,
        look=Look(size="m", inline=True),
    )
    token = TokenField()

    def arguments(self) -> dict[str, Any]:
        knows = {"yes": True, "no": False, "not_known": None}
        return {
            **self.cleaned_data,
            "child_informed": knows[self.cleaned_data["child_informed"]],
            "parents_informed": knows[self.cleaned_data["parents_informed"]],
        }


class MakePubliclyForm(Form):
    """For a child, a parent or anybody else without an account. Only the worry itself must be given."""

    mark_optional = False

    immediate_danger = YesNoField(
        "Is someone in danger right now?",
        required=False,
        look=Look(size="m", inline=True, reveal=Reveal(when=("yes",), fields=("danger_details",))),
    )
    danger_details = LongTextField(
        "Call 999 now. Do not wait for us. You can also tell us here what is happening and where",
        noun="what is happening",
        required=False,
        look=Look(rows=3),
    )
    concern = LongTextField(
        "What are you worried about?",
        noun="what you are worried about",
        hint="Write it your own way. Spelling does not matter.",
        max_length=LONG_TEXT,
        look=Look(size="m", rows=8),
    )
    referrer_relationship = RadiosField(
        "Who are you?", noun="who you are", choices=Relationship.choices, required=False, look=Look(size="m")
    )
    told_name = TextField(
        "What is the child’s name?",
        noun="the child’s name",
        hint="Or what people call them. If it is about you, your name.",
        max_length=120,
        required=False,
        look=Look(autocomplete="off"),
    )
    told_age = TextField("How old are they?", noun="their age", max_length=40, required=False, look=Look(width="10"))
    told_place = TextField(
        "Where could we find them?",
        noun="where we could find them",
        hint="For example, a street, a school, or a place they go to.",
        required=False,
    )
    may_contact = YesNoField(
        "Can we contact you?",
        hint="It helps us if we can ask you something. You do not have to.",
        required=False,
        look=Look(
            size="m",
            inline=True,
            reveal=Reveal(when=("yes",), fields=("referrer_name", "referrer_contact", "safe_contact")),
        ),
    )
    referrer_name = TextField("Your name", max_length=120, required=False, look=Look(autocomplete="off"))
    referrer_contact = TextField("Your phone number or email", max_length=200, look=Look(autocomplete="off"))
    safe_contact = TextField(
        "When and how is it safe to contact you?",
        noun="when it is safe to contact you",
        hint="For example, text me, do not call, after 4pm.",
        max_length=300,
        required=False,
    )
    website = forms.CharField(required=False)
    token = TokenField()

    def clean_website(self) -> str:
        """No person sees this box. What a machine typed is taken out, so that a person need only press again."""
        if not self.cleaned_data["website"]:
            return ""
        self.data = with_value(self.data, "website", "")
        raise forms.ValidationError("We could not send this. Press “Send” once more")

    def arguments(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("website", "may_contact")}
        return {**kept, "immediate_danger": bool(kept["immediate_danger"])}
