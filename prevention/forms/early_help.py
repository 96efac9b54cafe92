"""What is asked about early help."""

from typing import Any

from accounts.models import Agency
from frontend.fields import DateField, LongTextField, RadiosField, SelectField
from frontend.forms import Form
from prevention import selectors
from prevention.rules import HelpOutcome

CHOOSE = ("", "Choose one")


class BeginHelpForm(Form):
    agency = SelectField("Who gives it?", noun="who gives it", choices=[])
    service = SelectField("Which service of the directory?", noun="the service", choices=[], required=False)
    begun_on = DateField("When did it begin?", noun="when it began", when="past")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._agencies = {str(each.pk): each for each in Agency.objects.order_by("name")}
        self._services = {str(each.pk): each for each in selectors.services()}
        self.offer("agency", [CHOOSE, *((key, each.name) for key, each in self._agencies.items())])
        self.offer("service", [("", "None of them"), *((key, each.name) for key, each in self._services.items())])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["agency"] = self._agencies.get(given.get("agency") or "")
        given["service"] = self._services.get(given.get("service") or "")
        return given


class EndHelpForm(Form):
    outcome = RadiosField("How did it end?", noun="how it ended", choices=HelpOutcome.choices)
    outcome_reason = LongTextField("What was achieved, and what was not?", noun="what was achieved")
    ended_on = DateField("When did it end?", noun="when it ended", when="past")
