"""Where each row of the plan template's description stands in the first blueprint.

A key is the section's number and the field as the description names it ("3.deadline"); a value is the field's key in
``lokal-samverkansplan.yaml``: ``section.field``, or ``section.table.column``.
"""

SECTIONS: dict[str, str] = {
    # 0 Medverkan
    "0.taking_part": "cover.taking_part",
    "0.filled_by": "cover.filled_by",
    "0.role": "cover.role",
    # 1 Visionen
    "1.for_whom": "vision.for_whom",
    "1.keyword": "vision.keywords.word",
    "1.draft": "vision.draft",
    "1.overall": "vision.overall.text",
    "1.decided": "vision.decided",
    # 2 Planen: arbetsområden
    "2.today": "areas.areas.today",
    "2.priority": "areas.areas.priority",
    "2.focus": "areas.areas.focus",
    "2.others": "areas.areas.others",
    "2.we_can": "areas.areas.we_can",
    "2.priority_decided": "areas.areas.priority_decided",
    # 3 Planen: delmål
    "3.text": "goals.goals.text",
    "3.areas": "goals.goals.areas",
    "3.measure": "goals.goals.measure",
    "3.indicator": "goals.goals.indicator",
    "3.source": "goals.goals.source",
    "3.baseline": "goals.goals.baseline",
    "3.baseline_year": "goals.goals.baseline_year",
    "3.target": "goals.goals.target",
    "3.deadline": "goals.goals.deadline",
    "3.lead": "goals.goals.lead",
    "3.specific": "goals.goals.specific",
    "3.measurable": "goals.goals.measurable",
    "3.accepted": "goals.goals.accepted",
    "3.realistic": "goals.goals.realistic",
    "3.timed": "goals.goals.timed",
    "3.chosen": "goals.goals.chosen",
    "3.accepted_by": "goals.goals.accepted_by",
    "3.outcome": "goals.goals.outcome",
    "3.comment": "goals.goals.comment",
    # 4 Reflektera
    "4.exists": "reflect.exists",
    "4.concerns": "reflect.risks.concerns",
    "4.harmed": "reflect.risks.harmed",
    "4.risk": "reflect.risks.risk",
    "4.counter": "reflect.risks.counter",
    "4.lead": "reflect.risks.lead",
    "4.follow_up": "reflect.risks.follow_up",
    # 5 Aktiviteter och insatser
    "5.goal": "activities.activities.goal",
    "5.what": "activities.activities.what",
    "5.lead": "activities.activities.lead",
    "5.with": "activities.activities.with",
    "5.start": "activities.activities.start",
    "5.ready": "activities.activities.ready",
    "5.status": "activities.activities.status",
    "5.result": "activities.activities.result",
    "5.in_time": "activities.goal_check.in_time",
    "5.missing": "activities.goal_check.missing",
    # 6 Plattformen: samordning
    "6.core": "coordination.core",
    "6.form": "coordination.form",
    "6.coordinator.name": "coordination.coordinators.name",
    "6.coordinator.organisation": "coordination.coordinators.organisation",
    "6.coordinator.share": "coordination.coordinators.share",
    "6.coordinator.mandate": "coordination.coordinators.mandate",
    "6.coordinator.duties": "coordination.coordinators.duties",
    "6.rotation": "coordination.rotation",
    "6.representative": "coordination.representative",
    "6.substitute": "coordination.substitute",
    # 7 Plattformen: nätverkande
    "7.per_year": "meetings.per_year",
    "7.length": "meetings.length",
    "7.place": "meetings.place",
    "7.headcount": "meetings.headcount",
    "7.agenda.item": "meetings.agenda.item",
    "7.agenda.minutes_from": "meetings.agenda.minutes_from",
    "7.agenda.minutes_to": "meetings.agenda.minutes_to",
    "7.agenda.per_person": "meetings.agenda.per_person",
    "7.agenda.lead": "meetings.agenda.lead",
    "7.topics": "meetings.topics",
    # 8 Plattformen: kommunikation
    "8.channel": "communication.channels.channel",
    "8.used_for": "communication.channels.used_for",
    "8.never_for": "communication.channels.never_for",
    "8.owner": "communication.channels.owner",
    "8.phone_list.name": "communication.phone_list.name",
    "8.phone_list.role": "communication.phone_list.role",
    "8.phone_list.phone": "communication.phone_list.phone",
    "8.phone_list.email": "communication.phone_list.email",
    # 8b Plattformen: dokumentation
    "8b.what": "documentation.records.what",
    "8b.where": "documentation.records.where",
    "8b.owner": "documentation.records.owner",
    "8b.keep": "documentation.records.keep",
    # 9a Plattformen: utbildning och kompetens
    "9a.activity": "competence.actions.activity",
    "9a.participants": "competence.actions.participants",
    "9a.when": "competence.actions.when",
    "9a.lead": "competence.actions.lead",
    # 9b Plattformen: utveckling och uppdatering
    "9b.source": "updates.sources.source",
    "9b.kind": "updates.sources.kind",
    "9b.how_often": "updates.sources.how_often",
    "9b.lead": "updates.sources.lead",
    "9b.shared": "updates.sources.shared",
    # 10 Resurser
    "10.kind": "resources.resources.kind",
    "10.what": "resources.resources.what",
    "10.quantity": "resources.resources.quantity",
    "10.unit": "resources.resources.unit",
    "10.year": "resources.resources.year",
    "10.financing": "resources.financing",
    "10.apply": "resources.apply",
    "10.from_where": "resources.from_where",
    # 11 Marknadsföring
    "11.audience": "audiences.audiences.audience",
    "11.concerns": "audiences.audiences.concerns",
    "11.matters": "audiences.audiences.matters",
    "11.channel": "audiences.audiences.channel",
    "11.tone": "audiences.audiences.tone",
    "11.helper": "audiences.audiences.helper",
    "11.lead": "audiences.audiences.lead",
    # 12 Tidslinje
    "12.milestone": "timeline.milestones.milestone",
    "12.date": "timeline.milestones.date",
    "12.goal": "timeline.milestones.goal",
    "12.lead": "timeline.milestones.lead",
    "12.status": "timeline.milestones.status",
    "12.now": "timeline.now",
    "12.review": "timeline.review",
    # 13 Utvärdering
    "13.what": "evaluation.points.what",
    "13.goal": "evaluation.points.goal",
    "13.how": "evaluation.points.how",
    "13.when": "evaluation.points.when",
    "13.recurs": "evaluation.points.recurs",
    "13.who": "evaluation.points.who",
    "13.documented": "evaluation.points.documented",
    "13.reported_to": "evaluation.points.reported_to",
    "13.next_revision": "evaluation.next_revision",
    # 14 Bekräftelsen
    "14.decision": "confirmation.decision",
    "14.body": "confirmation.body",
    "14.decision_date": "confirmation.decision_date",
    "14.reference": "confirmation.reference",
    "14.name": "confirmation.name",
    "14.title": "confirmation.title",
    "14.place": "confirmation.place",
    "14.date": "confirmation.date",
    "14.signature": "confirmation.signature",
    # Budget, costs
    "costs.concerns": "costs.costs.concerns",
    "costs.item": "costs.costs.item",
    "costs.category": "costs.costs.category",
    "costs.bearer": "costs.costs.bearer",
    "costs.quantity": "costs.costs.quantity",
    "costs.unit": "costs.costs.unit",
    "costs.unit_price": "costs.costs.unit_price",
    "costs.amount": "costs.costs.amount",
    "costs.payment": "costs.costs.payment",
    "costs.vat": "costs.costs.vat",
    "costs.status": "costs.costs.status",
    "costs.note": "costs.costs.note",
    # Budget, funding
    "funding.funder": "funding.funding.funder",
    "funding.applicant": "funding.funding.applicant",
    "funding.item": "funding.funding.item",
    "funding.call": "funding.funding.call",
    "funding.apply_by": "funding.funding.apply_by",
    "funding.applied": "funding.funding.applied",
    "funding.granted": "funding.funding.granted",
    "funding.usable_for": "funding.funding.usable_for",
    "funding.report_by": "funding.funding.report_by",
    "funding.status": "funding.funding.status",
    # Budget, sums
    "sums.row": "costs.costs.row_sum",
    "sums.year": "summary.cash_cost",
    "sums.category": "summary.by_category.cash",
    "sums.category.in_kind": "summary.by_category.in_kind",
    "sums.financier": "summary.by_funder.granted",
    "sums.bearer": "summary.by_bearer.cash",
    "sums.bearer.in_kind": "summary.by_bearer.in_kind",
    "sums.own_frame": "summary.own_frame",
    "sums.granted": "summary.granted",
    "sums.gap": "summary.gap",
    "sums.applied": "summary.applied",
    "sums.in_kind": "summary.in_kind",
    # 15 Statistik och uppföljning
    "15.S1": "people.s1.count",
    "15.S1.beside": "people.s1_beside.count",
    "15.S2": "people.s2.count",
    "15.S3": "people.s3.count",
    "15.S4": "people.s4.count",
    "15.S5.occasions": "efforts.s5_occasions.count",
    "15.S5.persons": "efforts.s5_persons.count",
    "15.S6.reported": "crimes.s6.reported",
    "15.S6.prosecuted": "crimes.s6.prosecuted",
    "15.S7": "network.s7.count",
    "15.counted_by.S1-S4": "people.shown_for",
    "15.counted_by.S5": "efforts.shown_for",
}

# The fixed rows of tables, in the description's order.
ROWS: dict[str, tuple[str, ...]] = {
    "areas.areas": ("prevention", "prosecution", "protection", "integration"),
    "activities.goal_check": ("d1", "d2", "d3", "d4", "d5"),
    "summary.by_category": (
        "coordination", "staff", "training", "meetings", "travel", "information", "support", "translation", "services",
        "evaluation", "other",
    ),
    "people.s1": ("sexual", "labour", "begging", "criminal", "marriage", "other", "unknown"),
    "people.s1_beside": ("several", "prostitution"),
    "people.s2": ("woman", "man", "girl", "boy", "other_unknown"),
    "people.s3": ("sweden", "eu", "third_country", "unknown"),
    "people.s4": ("accompanying",),
    "efforts.s5_occasions": ("support_talks",),
    "efforts.s5_persons": (
        "sheltered_housing", "concern_report", "police_report", "regional_coordinator", "nsp", "returned", "declined",
    ),
    "crimes.s6": ("trafficking", "exploitation", "procuring", "sexual_act_purchase", "child_sexual_act_purchase"),
    "network.s7": ("tips", "trained", "meetings"),
}  # fmt: skip

# What the group decides in the merged plan (G), and what the core group answers (K).
GROUP = frozenset(
    {"1.decided", "2.priority_decided", "3.chosen", "3.accepted_by", "5.in_time", "5.missing", "15.counted_by.S1-S4",
     "15.counted_by.S5"}
)  # fmt: skip
CORE_GROUP = frozenset(
    {"6.core", "6.form", "6.coordinator.name", "6.rotation", "7.per_year", "7.length", "7.place", "7.headcount",
     "7.agenda.item", "8.channel", "8b.what", "9b.source", "10.financing", "10.apply", "10.from_where", "12.milestone",
     "12.now", "12.review", "13.what", "13.next_revision"}
)  # fmt: skip

# What hotels and other businesses are asked, and nothing else.
BUSINESS = frozenset(key for key in SECTIONS if key.split(".")[0] in {"0", "5", "14"} and key not in GROUP) | {
    "1.for_whom", "1.draft", "15.S7"
}  # fmt: skip

# The fields marked as required in the description.
REQUIRED = frozenset(
    {"0.taking_part", "0.filled_by", "1.for_whom", "1.overall", "1.decided", "2.priority", "2.priority_decided",
     "3.text", "3.areas", "3.measure", "3.indicator", "3.deadline", "3.lead", "4.exists", "4.risk", "4.counter",
     "4.lead", "5.goal", "5.what", "5.lead", "5.start", "5.ready", "5.status", "5.in_time", "6.core", "6.form",
     "6.coordinator.name", "6.coordinator.organisation", "7.per_year", "7.length", "7.place", "7.agenda.item",
     "8.channel", "8.used_for", "8.phone_list.phone", "8b.what", "8b.where", "8b.owner", "9a.activity", "9a.when",
     "9a.lead", "9b.source", "9b.how_often", "9b.lead", "10.kind", "10.what", "10.financing", "10.apply",
     "11.audience", "11.matters", "11.channel", "12.milestone", "12.date", "12.now", "12.review", "13.what", "13.how",
     "13.when", "13.who", "13.documented", "13.next_revision", "14.decision", "14.body", "14.decision_date",
     "14.reference", "14.name", "14.title", "14.place", "14.date", "14.signature"}
)  # fmt: skip

PARAMETERS = (
    "municipality", "period", "statistics_year", "diary_number", "reply_by", "coordinator_name", "coordinator_email",
    "coordinator_phone", "data_notice",
)  # fmt: skip
