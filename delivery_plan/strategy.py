"""The 21 actions of the strategy, word for word (strategy §7.1, §7.2, §7.3)."""

from delivery_plan.rules import Pillar

ACTIONS: tuple[tuple[Pillar, str, str], ...] = (
    (
        Pillar.PREVENTION,
        "§7.1",
        "Undertake regular local CSE profiling using partnership information and intelligence regarding "
        "victims, offenders and locations (inc. missing, trafficked and gang information)",
    ),
    (
        Pillar.PREVENTION,
        "§7.1",
        "Deliver a CSE awareness campaign for children and young people, parents, carers, professionals "
        "and business partners",
    ),
    (
        Pillar.PREVENTION,
        "§7.1",
        "Undertake a review of services available to children and young people at risk/victims of CSE, "
        "missing or trafficked",
    ),
    (
        Pillar.PREVENTION,
        "§7.1",
        "Ensure that Safeguarding training is provided for all frontline professionals including "
        "residential care providers and foster carers",
    ),
    (
        Pillar.PREVENTION,
        "§7.1",
        "Ensure effective practices within Early Help provisions for children and young people who could"
        " potentially be a future risk of CSE",
    ),
    (
        Pillar.PREVENTION,
        "§7.1",
        "Undertake regular self-assessments in order to judge the effectiveness of WSCB in CSE, missing "
        "& trafficked prevention activity",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Ensuring that the WSCB multi-agency strategy is regularly reviewed; to include cross border "
        "working arrangements and procedures for children placed outside of the borough",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Ensure that all Missing From Home interviews are completed within the required 72 hours and "
        "information shared with partners informing safeguarding activities are being implemented for "
        "each child",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Provide a service for parents and carers of children and young people victims of/ at risk of "
        "CSE; greater involvement of parents and carers in the safeguarding process",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Identify and address issues of gang related CSE in a coordinated partnership approach, sharing "
        "information and disrupting gang activity",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Review processes for identification of victims of CSE, missing and trafficked and risk is "
        "robustly addressed; to include those children placed within Wolverhampton from other Local "
        "Authority areas",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Ensure that the proposed Wolverhampton MASH (Multi Agency Safeguarding Hub) understands and "
        "supports CSE delivery plan and regional processes",
    ),
    (
        Pillar.PROTECTION,
        "§7.2",
        "Regularly review the Terms of reference, membership and effectiveness of SEMT in line with "
        "changing priorities with clear governance and accountability arrangements with the CCSE and "
        "Missing Operational Group (CMOG)",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "Develop disruption plans to utilise all legislation to maximise opportunities for prosecuting "
        "offenders and disrupt criminal activity related/not related to CSE",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "Target vulnerable locations frequented by offenders and children at risk/victims of CSE, "
        "missing and trafficked",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "Single and multi-agency training to include completion of CSE forms (screening tool/Risk "
        "assessments), intelligence submission and awareness of relevant criminal offences",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "West Midlands Police and partners to review local multi-agency data collection processes to "
        "ensure information is shared",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "Review practices to ensure victims of CSE who go on to become offenders are provided with "
        "rehabilitation and support",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "West Midlands Police to provide regular information to CMOG in relation to local investigations",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "Criminal Justice partners to ensure the utilisation of appropriate and effective interventions "
        "for working with CSE perpetrators",
    ),
    (
        Pillar.PROSECUTE,
        "§7.3",
        "Ensure effective victim support service(s) across Wolverhampton; key workers to be identified "
        "and maintain the link with victim(s) through the investigation process/court",
    ),
)
