"""The published code sets a child's record uses (domain.md, Standards): DfE CIN census and SSDA903."""

from django.db.models import TextChoices


class Sex(TextChoices):
    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "U", "Not known"


class Ethnicity(TextChoices):
    """DfE main ethnicity codes."""

    WBRI = "WBRI", "White British"
    WIRI = "WIRI", "White Irish"
    WOTH = "WOTH", "Any other White background"
    WIRT = "WIRT", "Traveller of Irish heritage"
    WROM = "WROM", "Gypsy or Roma"
    MWBC = "MWBC", "White and Black Caribbean"
    MWBA = "MWBA", "White and Black African"
    MWAS = "MWAS", "White and Asian"
    MOTH = "MOTH", "Any other mixed background"
    AIND = "AIND", "Indian"
    APKN = "APKN", "Pakistani"
    ABAN = "ABAN", "Bangladeshi"
    AOTH = "AOTH", "Any other Asian background"
    BCRB = "BCRB", "Black Caribbean"
    BAFR = "BAFR", "Black African"
    BOTH = "BOTH", "Any other Black background"
    CHNE = "CHNE", "Chinese"
    OOTH = "OOTH", "Any other ethnic group"
    REFU = "REFU", "Refused"
    NOBT = "NOBT", "Not obtained"


class Authority(TextChoices):
    """DfE codes of the local authorities nearby; never inferred from a postcode."""

    WOLVERHAMPTON = "336", "Wolverhampton"
    BIRMINGHAM = "330", "Birmingham"
    DUDLEY = "332", "Dudley"
    SANDWELL = "333", "Sandwell"
    WALSALL = "335", "Walsall"
    STAFFORDSHIRE = "860", "Staffordshire"
    SHROPSHIRE = "893", "Shropshire"
    TELFORD = "894", "Telford and Wrekin"
    OTHER = "999", "Another authority"


class LookedAfter(TextChoices):
    NO = "no", "Not looked after"
    CARE_ORDER = "care_order", "Looked after under a care order"
    VOLUNTARY = "voluntary", "Looked after by agreement (section 20)"
    REMAND = "remand", "Looked after on remand"
    UNKNOWN = "unknown", "Not known"


class Restriction(TextChoices):
    """Why no team's sight opens a record, only a grant to a person by name (domain.md 34)."""

    NONE = "", "Not restricted"
    POLICE = "police", "Police-sensitive"
    STAFF = "staff", "A member of staff is a relative"
