from django.urls import path

from people.views import addresses, emergencies, records, sight

app_name = "people"

urlpatterns = [
    path("", records.find, name="find"),
    path("add/", records.register, name="register"),
    path("to-match/", records.to_match, name="to_match"),
    path("emergency/", emergencies.open_in_emergency, name="open_in_emergency"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/<int:pk>/review/", emergencies.review_emergency, name="review_emergency"),
    path("exclude/", sight.exclude_from, name="exclude_from"),
    path("exclusions/<int:pk>/end/", sight.end_exclusion, name="end_exclusion"),
    path("searches/", addresses.tell_of_records, name="tell_of_records"),
    path("<int:pk>/", records.child, name="child"),
    path("<int:pk>/print/", records.print_child, name="print_child"),
    path("<int:pk>/correct/", records.correct, name="correct"),
    path("<int:pk>/match/", records.match, name="match"),
    path("<int:pk>/unmatch/", records.unmatch, name="unmatch"),
    path("<int:pk>/case/open/", records.open_case, name="open_case"),
    path("<int:pk>/case/key-worker/", records.name_key_worker, name="name_key_worker"),
    path("<int:pk>/case/close/", records.close_case, name="close_case"),
    path("<int:pk>/sight/", sight.sight, name="sight"),
    path("<int:pk>/sight/teams/<int:team_pk>/end/", sight.end_sight, name="end_sight"),
    path("<int:pk>/sight/people/<int:person_pk>/end/", sight.end_sight_of_person, name="end_sight_of_person"),
    path("<int:pk>/restrict/", sight.restrict, name="restrict"),
    path("<int:pk>/restrict/let/", sight.let_keep_sight, name="let_keep_sight"),
    path("<int:pk>/restrict/lift/", sight.propose_lifting, name="propose_lifting"),
    path("<int:pk>/restrict/answer/", sight.answer_lifting, name="answer_lifting"),
    path("<int:pk>/exclude/", sight.exclude, name="exclude"),
    path("<int:pk>/emergency/end/", emergencies.end_emergency, name="end_emergency"),
    path("<int:pk>/address/", addresses.keep_address_secret, name="keep_address_secret"),
    path("<int:pk>/address/show/", addresses.show_address, name="show_address"),
]
