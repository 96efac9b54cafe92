"""What is asked about agencies' records."""

from typing import Any

from accounts.models import Agency
from frontend.fields import SelectField
from frontend.forms import Form


class AgencyFilterForm(Form):
    """Sent by GET: of which agency."""

    mark_optional = False
    agency = SelectField("Agency", noun="an agency", choices=[], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = Agency.objects.order_by("name").values_list("name", flat=True)
        self.offer("agency", [("", "All agencies"), *((name, name) for name in names)])

    def chosen(self) -> str:
        return self.cleaned_data.get("agency") or "" if self.is_valid() else ""
