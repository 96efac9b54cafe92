"""A milestone of the delivery plan is a promise of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0015_promises_of_committees"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deadline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mash_decision", "Decide and tell the referrer"),
                    ("referral_red", "Act on a RED referral"),
                    ("referral_amber", "Act on an AMBER referral"),
                    ("referral_green", "Act on a GREEN referral"),
                    ("countersignature", "Countersign a lower judgement"),
                    ("review_serious", "Review a SERIOUS screening"),
                    ("review_significant", "Review a SIGNIFICANT screening"),
                    ("review_at_risk", "Review an AT RISK screening"),
                    ("initial_conference", "Hold the initial child protection conference"),
                    ("assessment", "Complete the assessment"),
                    ("return_interview", "Hold the return interview"),
                    ("tell_responsible", "Tell the responsible authority"),
                    ("tell_host", "Tell the host authority"),
                    ("interview_action", "Do what the return interview asked for"),
                    ("share_acknowledgement", "Acknowledge what was shared with you"),
                    ("screening_due", "Screen a child who keeps going missing"),
                    ("strategy_meeting", "Hold a strategy meeting on a child who keeps going missing"),
                    ("plan_action", "Complete an action of the delivery plan"),
                    ("plan_update", "Say how an action of the delivery plan goes"),
                    ("plan_barrier", "Lift what stands in the way of an action"),
                    ("plan_milestone", "Reach a milestone of the delivery plan"),
                    ("service_review", "Review what the services directory says"),
                    ("resource_review", "Review a strategy, procedure or other resource"),
                    ("terms_review", "Review the terms of reference of a committee"),
                    ("committee_action", "Do what a committee asked for"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="deadlinehistory",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mash_decision", "Decide and tell the referrer"),
                    ("referral_red", "Act on a RED referral"),
                    ("referral_amber", "Act on an AMBER referral"),
                    ("referral_green", "Act on a GREEN referral"),
                    ("countersignature", "Countersign a lower judgement"),
                    ("review_serious", "Review a SERIOUS screening"),
                    ("review_significant", "Review a SIGNIFICANT screening"),
                    ("review_at_risk", "Review an AT RISK screening"),
                    ("initial_conference", "Hold the initial child protection conference"),
                    ("assessment", "Complete the assessment"),
                    ("return_interview", "Hold the return interview"),
                    ("tell_responsible", "Tell the responsible authority"),
                    ("tell_host", "Tell the host authority"),
                    ("interview_action", "Do what the return interview asked for"),
                    ("share_acknowledgement", "Acknowledge what was shared with you"),
                    ("screening_due", "Screen a child who keeps going missing"),
                    ("strategy_meeting", "Hold a strategy meeting on a child who keeps going missing"),
                    ("plan_action", "Complete an action of the delivery plan"),
                    ("plan_update", "Say how an action of the delivery plan goes"),
                    ("plan_barrier", "Lift what stands in the way of an action"),
                    ("plan_milestone", "Reach a milestone of the delivery plan"),
                    ("service_review", "Review what the services directory says"),
                    ("resource_review", "Review a strategy, procedure or other resource"),
                    ("terms_review", "Review the terms of reference of a committee"),
                    ("committee_action", "Do what a committee asked for"),
                ],
                max_length=30,
            ),
        ),
    ]
