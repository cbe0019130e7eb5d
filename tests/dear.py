"""Tests that took more than 0.7 seconds of a processor, all their cases together: `make quick` runs a tenth of them.

Measured over the tests of `make quick`, of which they were a fifteenth and took two thirds of the time. A name that is
no test's fails tests/test_dear.py.
"""

DEAR = {
    "test_backup": {
        "test_the_drill_a_copy_by_command_and_a_new_folder_of_it",
    },
    "test_changes": {
        "test_a_changed_figure_stands_beside_its_own_period_before",
        "test_only_periods_that_are_alike_are_told_to_change",
    },
    "test_cli": {
        "test_example_data_is_written_and_taken_in_once",
    },
    "test_deck": {
        "test_totals_of_the_lan",
    },
    "test_differencing": {
        "test_only_the_periods_that_a_new_one_is_seen_beside_are_read",
        "test_what_is_hidden_for_earlier_versions_is_told_alike_of_some_periods_and_of_all",
        "test_what_tells_of_nobody_is_not_warned_of",
    },
    "test_disclosure": {
        "test_no_chart_shows_what_the_gate_did_not_let_through",
        "test_what_leaves_says_what_the_gate_let_through_and_no_more",
    },
    "test_empty": {
        "test_nothing_in_powerpoint_is_a_slide_that_says_so",
    },
    "test_exports": {
        "test_every_indicator_leaves_as_every_kind_of_file",
    },
    "test_fetch": {
        "test_a_status_keeps_its_meaning",
        "test_another_lan_is_fetched_by_the_same_command",
        "test_each_fault_gives_one_sentence",
        "test_noise_is_told_and_not_refused_and_a_projection_is_of_years_to_come",
        "test_scb_is_asked_no_more_at_a_time_than_it_says",
        "test_what_passes_is_tried_again",
    },
    "test_inference": {
        "test_a_part_against_the_whole_age_by_age_errs_in_one_of_twenty",
        "test_against_a_fixed_share_the_terms_are_binomial",
    },
    "test_judgement": {
        "test_no_number_contradicts_its_verdict_by_rounding",
    },
    "test_minutes": {
        "test_whatever_is_written_is_a_text_in_both_files",
    },
    "test_more_traps": {
        "test_a_placeholder_for_an_id_is_a_missing_id",
        "test_an_age_may_have_its_unit",
        "test_professions_in_more_words",
        "test_words_for_yes_and_no",
    },
    "test_names": {
        "test_no_name_is_a_bare_participle",
    },
    "test_news": {
        "test_a_new_period_stands_beside_what_was_there_and_says_what_chance_rarely_gives",
    },
    "test_odd_files": {
        "test_a_period_that_differs_from_the_one_before_is_asked_about",
        "test_ages_are_added_up",
    },
    "test_open_tables": {
        "test_a_count_that_is_not_said_to_be_the_population_is_asked_about",
        "test_koladas_nyckeltal_is_known_however_it_is_written",
        "test_two_tables_that_a_column_tells_apart_are_two_nyckeltal",
    },
    "test_outlines": {
        "test_an_outline_has_the_values_of_each_kommun_and_year",
    },
    "test_overview": {
        "test_what_chance_gives_counts_every_comparison",
    },
    "test_packaging": {
        "test_what_is_imported_is_declared_and_the_other_way_round",
    },
    "test_pages": {
        "test_a_profile_can_be_printed_and_those_of_all_kommuner_too",
        "test_every_page_runs_and_marks_example_data",
        "test_what_hinders_that_a_version_is_taken_out_of_reach_is_told",
        "test_with_example_data_no_slide_is_empty",
    },
    "test_pdf": {
        "test_a_profile_can_be_read_by_eye_and_by_ear",
        "test_a_view_can_be_read_by_eye_and_by_ear",
        "test_every_picture_says_what_it_shows",
    },
    "test_phone_rules": {
        "test_every_sign_between_two_halves_of_an_id_is_judged_alike",
        "test_texts_of_all_kinds_are_judged_alike",
    },
    "test_pipes": {
        "test_a_verb_whose_answer_nobody_reads_ends_quietly",
    },
    "test_pptx": {
        "test_a_slide_has_the_finding_as_its_title_and_the_definition_in_its_notes",
    },
    "test_roles": {
        "test_a_page_opens_for_its_roles_and_says_why_not_to_others",
        "test_a_route_answers_its_roles_alone",
        "test_older_versions_are_for_analysts",
    },
    "test_sequence": {
        "test_a_kommun_can_be_pointed_out_in_each_bar_chart",
        "test_a_kommuns_profile_takes_as_many_screens_as_it_needs",
        "test_each_of_lgls_slides_is_one_screen_with_all_its_figures",
        "test_every_indicator_in_every_chart_can_be_a_screen",
    },
    "test_situation": {
        "test_an_indicator_has_one_sentence_and_no_two_are_alike",
    },
    "test_small_problems": {
        "test_a_column_that_is_closed_goes_nowhere_until_it_is_opened",
        "test_a_move_costs_what_it_costs_by_the_plain_program",
    },
    "test_suppression_programs": {
        "test_a_table_is_protected_where_the_whole_of_it_says_so",
        "test_what_is_chosen_protects_each_that_it_does_not_name",
    },
    "test_traps": {
        "test_a_trap",
    },
    "test_withdrawal": {
        "test_after_a_correction_what_gives_the_earlier_figure_away_is_hidden_until_that_is_out_of_reach",
        "test_nothing_is_warned_of_where_nothing_more_is_hidden",
        "test_the_verb_takes_versions_out_of_reach",
        "test_what_the_warning_says_to_do_is_enough",
        "test_who_publishes_sees_what_is_hidden_and_why",
    },
}
"""Names of tests by module."""
ONE_IN = 10
"""Of the cases of a test, each tenth is run all the same."""
