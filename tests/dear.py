"""Tests that took more than 0.75 s of a slow processor, all their cases together: `make quick` runs a tenth of them.

Measured over the tests of `make quick`, of which they were a sixth and took two thirds of the time. A name that is no
test's fails tests/test_dear.py.
"""

DEAR = {
    "test_api": {
        "test_a_parquet_file_has_the_kinds_and_the_words_of_its_columns",
        "test_a_tag_is_of_one_question_and_one_version",
        "test_each_number_is_that_of_the_page_in_each_format",
        "test_example_data_is_marked_in_each_format",
        "test_older_versions_are_read_by_number_and_withdrawn_ones_are_gone",
        "test_the_catalogue_leads_to_everything",
        "test_what_waits_is_read_by_its_number_and_is_marked",
    },
    "test_api_described": {
        "test_each_address_answers_as_it_is_described",
    },
    "test_backup": {
        "test_a_copy_that_is_taken_while_all_is_changed_is_of_one_moment",
        "test_the_drill_a_copy_by_command_and_a_new_folder_of_it",
    },
    "test_changes": {
        "test_a_changed_figure_stands_beside_its_own_period_before",
        "test_a_new_period_is_compared_with_the_one_before_and_needs_no_other",
        "test_only_periods_that_are_alike_are_told_to_change",
        "test_the_files_have_every_change_and_nothing_that_is_hidden",
        "test_what_is_beyond_chance_comes_first_then_what_comes_or_goes_then_by_size",
    },
    "test_chosen_values": {
        "test_words_for_nothing_are_nothing_in_any_column",
    },
    "test_cli": {
        "test_example_data_is_written_and_taken_in_once",
        "test_sabo_share_on_an_empty_folder",
    },
    "test_codes": {
        "test_a_wrong_row_has_the_code_of_what_is_wrong",
        "test_shares_without_counts_are_warned_of_unless_published_openly",
    },
    "test_counting": {
        "test_any_few_rows_are_counted_as_by_hand",
        "test_one_person_written_in_several_ways_is_one",
        "test_twenty_thousand_rows_with_duplicates_are_counted_as_by_hand",
    },
    "test_dear": {
        "test_each_test_that_takes_long_is_there",
    },
    "test_deck": {
        "test_totals_of_the_lan",
    },
    "test_deck_table": {
        "test_the_decks_table_is_known_in_every_shape",
    },
    "test_differencing": {
        "test_a_correction_of_a_few_persons_is_told",
        "test_a_period_that_is_a_few_persons_more_than_its_part_is_told",
        "test_only_the_periods_that_a_new_one_is_seen_beside_are_read",
        "test_published_figures_may_differ_by_a_few",
        "test_what_is_hidden_for_earlier_versions_is_told_alike_of_some_periods_and_of_all",
        "test_what_tells_of_nobody_is_not_warned_of",
        "test_what_was_seen_and_is_hidden_now_is_told",
    },
    "test_disclosure": {
        "test_no_chart_shows_what_the_gate_did_not_let_through",
        "test_what_leaves_says_what_the_gate_let_through_and_no_more",
    },
    "test_documents": {
        "test_every_option_of_every_verb_says_what_it_does",
        "test_the_tables_are_as_the_code_says",
    },
    "test_drawn_tables": {
        "test_a_drawn_table_is_read",
    },
    "test_earlier_programs": {
        "test_it_is_gone_on_with_and_gone_back_in",
        "test_its_versions_are_read_with_all_that_they_say",
    },
    "test_empty": {
        "test_a_chart_of_what_it_does_not_fit_is_drawn_all_the_same",
        "test_nothing_in_powerpoint_is_a_slide_that_says_so",
    },
    "test_exports": {
        "test_every_indicator_leaves_as_every_kind_of_file",
    },
    "test_extremes": {
        "test_each_chart_and_each_summary_is_drawn_where_all_kommuner_are_alike",
    },
    "test_fetch": {
        "test_a_status_keeps_its_meaning",
        "test_another_lan_is_fetched_by_the_same_command",
        "test_each_fault_gives_one_sentence",
        "test_kolada_goes_through_the_ordinary_intake",
        "test_noise_is_told_and_not_refused_and_a_projection_is_of_years_to_come",
        "test_scb_is_asked_no_more_at_a_time_than_it_says",
        "test_what_passes_is_tried_again",
    },
    "test_inference": {
        "test_a_part_against_the_whole_age_by_age_errs_in_one_of_twenty",
        "test_against_a_fixed_share_the_terms_are_binomial",
    },
    "test_intake": {
        "test_csv_is_read_whatever_its_encoding_and_delimiter",
    },
    "test_judgement": {
        "test_no_number_contradicts_its_verdict_by_rounding",
    },
    "test_minutes": {
        "test_whatever_is_written_is_a_text_in_both_files",
    },
    "test_more_traps": {
        "test_a_column_of_yes_alone_is_told_and_settled",
        "test_a_placeholder_for_an_id_is_a_missing_id",
        "test_an_age_may_have_its_unit",
        "test_professions_in_more_words",
        "test_rounded_ids_are_an_error",
        "test_words_for_yes_and_no",
    },
    "test_moving": {
        "test_a_move_that_was_broken_off_goes_on",
        "test_a_version_that_is_not_the_same_on_both_places_is_told",
        "test_there_and_back_all_is_the_same",
        "test_versions_of_the_others_own_are_never_overwritten",
        "test_what_happens_to_the_old_meanwhile_and_afterwards_comes_too",
    },
    "test_names": {
        "test_no_name_is_a_bare_participle",
    },
    "test_news": {
        "test_a_browser_that_was_here_before_is_told_on_both_pages",
        "test_a_new_period_stands_beside_what_was_there_and_says_what_chance_rarely_gives",
        "test_each_kind_of_change_has_its_words",
        "test_what_no_earlier_visit_can_have_been_is_not_believed",
    },
    "test_odd_files": {
        "test_a_count_that_looks_like_an_id_is_an_error",
        "test_a_fifth_of_all_is_where_another_share_is_asked_about",
        "test_a_group_that_nobody_is_in_any_more_is_asked_about",
        "test_a_period_that_differs_from_the_one_before_is_asked_about",
        "test_ages_are_added_up",
        "test_ages_as_columns_without_a_year_are_one_error_that_says_where_to_give_it",
        "test_groups_that_are_another_share_of_all_are_asked_about",
        "test_kalmar_is_a_kommun_or_a_region_by_the_column",
        "test_rows_of_other_periods_than_the_one_that_was_given_are_told",
        "test_usual_words_for_a_home_are_known",
        "test_what_may_be_another_kommun_or_ended_is_asked_about",
    },
    "test_odd_tables": {
        "test_a_rank_is_told_and_is_no_value",
    },
    "test_odd_workbooks": {
        "test_a_number_is_read_in_per_cent_as_it_is_shown",
        "test_a_number_that_is_shown_as_another_is_told",
        "test_a_number_that_is_shown_as_it_is_is_not",
    },
    "test_open_tables": {
        "test_a_count_that_is_not_said_to_be_the_population_is_asked_about",
        "test_a_count_that_is_said_to_be_the_population_is_not_asked_about",
        "test_a_kommun_with_a_mark_or_its_code_behind_it_is_that_kommun",
        "test_a_year_stands_in_a_heading_in_many_ways",
        "test_a_year_with_a_mark_is_that_year",
        "test_koladas_nyckeltal_is_known_however_it_is_written",
        "test_two_tables_that_a_column_tells_apart_are_two_nyckeltal",
    },
    "test_other_exports": {
        "test_a_time_or_a_code_is_no_measure",
        "test_all_kommuner_are_those_of_the_region_beside",
    },
    "test_other_meanings": {
        "test_a_name_that_does_not_say_what_is_asked_about",
        "test_a_unit_beside_a_number_is_its_unit",
        "test_days_that_can_be_months_are_asked_about",
        "test_the_opposite_of_a_column_is_not_the_column",
        "test_what_is_given_and_not_used_is_told",
        "test_what_stands_before_an_id_makes_nobody_two",
    },
    "test_outlines": {
        "test_an_outline_has_the_values_of_each_kommun_and_year",
    },
    "test_overview": {
        "test_what_chance_gives_counts_every_comparison",
    },
    "test_own_kommun": {
        "test_a_link_from_before_a_label_was_changed_opens_the_same_chart",
        "test_an_address_names_the_kommun_as_people_write_it",
        "test_each_chart_with_kommuner_tells_it_apart_and_has_the_same_figures",
        "test_who_has_chosen_nothing_is_asked_and_not_taken_for_the_first_in_the_alphabet",
    },
    "test_packaging": {
        "test_what_is_imported_is_declared_and_the_other_way_round",
    },
    "test_pages": {
        "test_a_profile_can_be_printed_and_those_of_all_kommuner_too",
        "test_a_second_click_that_waits_while_the_first_is_answered_publishes_nothing_more",
        "test_every_page_runs_and_marks_example_data",
        "test_slide_pages_have_the_chosen_kommuns_own_figure_in_the_first_sentence",
        "test_what_hinders_that_a_version_is_taken_out_of_reach_is_told",
        "test_with_example_data_no_slide_is_empty",
    },
    "test_pdf": {
        "test_a_profile_can_be_read_by_eye_and_by_ear",
        "test_a_view_can_be_read_by_eye_and_by_ear",
        "test_answers_stand_in_two_columns",
        "test_every_picture_says_what_it_shows",
        "test_what_chance_cannot_be_reckoned_of_has_a_dotted_edge_as_on_screen",
    },
    "test_periods": {
        "test_a_period_has_a_first_and_a_last_day",
    },
    "test_phone_rules": {
        "test_every_sign_between_two_halves_of_an_id_is_judged_alike",
        "test_no_form_of_an_id_is_let_through_and_both_sides_agree",
        "test_texts_of_all_kinds_are_judged_alike",
    },
    "test_pipes": {
        "test_a_verb_whose_answer_nobody_reads_ends_quietly",
    },
    "test_postgresql_shelf": {
        "test_a_database_that_is_lost_in_the_middle_of_a_publication_has_none_of_it",
        "test_a_version_taken_out_of_reach_elsewhere_is_on_no_disk",
        "test_a_version_that_is_deleted_is_on_no_server",
        "test_an_answer_that_is_lost_is_asked_for_again",
        "test_of_two_at_once_one_has_a_conflict_and_nothing_is_lost",
        "test_two_programs_at_once",
        "test_what_one_server_publishes_the_others_show",
        "test_who_reads_does_not_wait_for_a_slow_database",
    },
    "test_pptx": {
        "test_a_bar_is_a_visible_value_and_what_is_hidden_is_none",
        "test_a_slide_has_the_finding_as_its_title_and_the_definition_in_its_notes",
        "test_all_that_is_drawn_is_told_in_words_or_marked_as_decoration",
        "test_nothing_lies_outside_the_slide_or_on_another",
        "test_over_time_is_lines_with_the_lan_foremost_and_a_gap_where_the_way_of_measuring_changed",
        "test_the_file_says_what_it_is",
    },
    "test_preliminary": {
        "test_a_proposal_for_all_stays_while_something_preliminary_waits",
        "test_a_second_one_builds_on_the_first_and_both_are_released_together",
        "test_all_that_waits_is_discarded_together",
        "test_discarded_it_is_out_of_reach_and_what_was_before_goes_on",
        "test_every_chart_says_that_it_is_preliminary",
        "test_every_format_says_that_it_is_preliminary",
        "test_nothing_passes_by_what_waits_and_one_is_told_what_to_do",
        "test_what_analysts_have_seen_is_known_when_it_is_released_and_corrected",
        "test_what_is_discarded_is_out_of_reach_and_protects_nothing",
        "test_what_is_shown_where_nothing_else_is_asked_for_is_the_newest_that_is_released",
        "test_what_the_analyst_is_told_before_is_what_is_hidden_after_the_release",
        "test_where_two_are_needed_another_releases_than_who_loaded",
        "test_who_releases_is_told_what_it_reveals_to_those_who_saw_nothing_between",
    },
    "test_pruning": {
        "test_a_publication_deletes_what_is_old_by_the_setting",
    },
    "test_public_files": {
        "test_a_formula_that_nobody_has_computed_is_told_in_old_workbooks_too",
        "test_an_old_workbook_is_read_in_per_cent_too",
    },
    "test_roles": {
        "test_a_page_opens_for_its_roles_and_says_why_not_to_others",
        "test_a_route_answers_its_roles_alone",
        "test_older_versions_are_for_analysts",
    },
    "test_rows_as_before": {
        "test_of_some_extracts_rows_are_of_those",
        "test_rows_are_those_that_sql_would_give_whatever_is_new",
    },
    "test_same_period": {
        "test_an_extract_replaces_the_one_of_its_period_whatever_the_letters",
    },
    "test_sequence": {
        "test_a_kommun_can_be_pointed_out_in_each_bar_chart",
        "test_a_kommuns_profile_takes_as_many_screens_as_it_needs",
        "test_each_of_lgls_slides_is_one_screen_with_all_its_figures",
        "test_every_indicator_in_every_chart_can_be_a_screen",
    },
    "test_several_lan": {
        "test_a_damaged_store_is_told_of_and_the_others_go_on",
        "test_a_lan_of_one_kommun_is_told_of_as_one",
        "test_a_store_is_never_written_to_as_anothers",
        "test_older_versions_are_for_the_analysts_of_their_lan",
        "test_what_is_clicked_on_is_of_the_lan_that_was_seen",
        "test_what_runs_later_or_by_itself_is_bound_to_its_lan",
        "test_where_another_is_named_first_no_store_is_filled_anew_beside_its_own",
        "test_who_has_a_role_in_another_lan_has_none_in_this",
    },
    "test_shared": {
        "test_two_servers_that_write_at_once_lose_nothing",
        "test_what_another_server_changes_is_told_to_those_who_wait_here",
    },
    "test_situation": {
        "test_an_indicator_has_one_sentence_and_no_two_are_alike",
        "test_what_is_remarked_on_has_no_place_among_good_and_bad",
    },
    "test_small_problems": {
        "test_a_column_that_is_closed_goes_nowhere_until_it_is_opened",
        "test_a_move_costs_what_it_costs_by_the_plain_program",
        "test_any_count_that_is_not_small_may_give_way_but_those_near_it_seldom_do",
        "test_moves_that_are_asked_together_are_those_that_there_are",
        "test_some_of_those_moves_are_there_and_some_are_not",
        "test_what_is_asked_first_is_of_firm_moves_and_of_what_is_hidden",
    },
    "test_store": {
        "test_another_lan_starts_with_open_figures_and_takes_its_own_extracts",
        "test_same_source_and_period_is_replaced_and_stays_in_the_older_version",
    },
    "test_streamlit_internals": {
        "test_the_parts_that_our_style_and_script_name_are_there",
    },
    "test_suppression_programs": {
        "test_a_table_is_protected_where_the_whole_of_it_says_so",
        "test_what_is_chosen_protects_each_that_it_does_not_name",
    },
    "test_tables_moved": {
        "test_there_and_back_with_what_has_been_done_on_the_way",
        "test_what_a_third_place_has_does_not_make_an_old_place_new_again",
    },
    "test_traps": {
        "test_a_trap",
    },
    "test_votes": {
        "test_a_ballot_that_waited_in_a_phone_when_the_round_was_closed_is_taken",
        "test_a_ballot_without_its_number_is_refused",
        "test_a_room_that_votes_at_once_loses_no_dot",
    },
    "test_warm_up": {
        "test_a_server_without_figures_starts_and_says_so",
        "test_a_warm_server_freezes_what_it_has_and_collects_garbage_on_a_timer",
    },
    "test_withdrawal": {
        "test_a_figure_that_was_right_at_once_is_not_hidden_for_an_earlier_period",
        "test_after_a_correction_what_gives_the_earlier_figure_away_is_hidden_until_that_is_out_of_reach",
        "test_nothing_is_warned_of_where_nothing_more_is_hidden",
        "test_the_operator_can_put_a_version_back",
        "test_the_verb_takes_versions_out_of_reach",
        "test_what_the_warning_says_to_do_is_enough",
        "test_who_publishes_sees_what_is_hidden_and_why",
    },
    "test_wording": {
        "test_no_sentence_writes_a_number_before_a_word_in_plural_whatever_the_number_is",
    },
    "test_workshops": {
        "test_an_answer_that_is_refused_says_why_and_is_not_kept",
        "test_another_workshops_answers_are_out_of_reach",
        "test_counts_days_and_years_are_no_person_ids",
        "test_it_can_be_asked_while_it_is_made",
        "test_many_at_once_lose_nothing_and_double_nothing",
    },
    "test_years": {
        "test_a_column_of_years_under_any_heading_is_the_year_and_is_told",
        "test_a_year_of_something_else_is_not_the_year_of_the_rows",
    },
}
ONE_IN = 10
"""Of the cases of a test, each tenth is run all the same."""
