"""What was submitted stays as it was: the database itself refuses to change it (domain.md 4).

Countersigning is the one thing that may still happen to a submitted screening.
"""

from django.db import migrations

FORWARD = """
create function screening_locked() returns trigger language plpgsql as $$
declare
    later constant text[] := array['countersignature', 'countersigned_by_id', 'countersigned_at',
                                   'countersign_reason', 'effective_level'];
begin
    if tg_op = 'DELETE' or (to_jsonb(old) - later) is distinct from (to_jsonb(new) - later) then
        raise exception 'a submitted screening is locked';
    end if;
    return new;
end $$;
create trigger screening_locked before update or delete on riskassessment_screening
    for each row when (old.submitted_at is not null) execute function screening_locked();

create function answer_locked() returns trigger language plpgsql as $$
declare
    answer record;
begin
    if tg_op = 'DELETE' then answer := old; else answer := new; end if;
    if exists (select 1 from riskassessment_screening
               where id = answer.screening_id and submitted_at is not null) then
        raise exception 'the answers of a submitted screening are locked';
    end if;
    return answer;
end $$;
create trigger answer_locked before insert or update or delete on riskassessment_answer
    for each row execute function answer_locked();
"""
BACKWARD = """
drop trigger answer_locked on riskassessment_answer;
drop function answer_locked();
drop trigger screening_locked on riskassessment_screening;
drop function screening_locked();
"""


class Migration(migrations.Migration):
    dependencies = [("riskassessment", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
