"""What program code compares instead of Swedish sentences: how serious a finding is, and which one it is.

The values are stored in the store's reports and come out in `--json`, so they stay as they are.
"""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """How serious a finding is."""

    ERROR = "fel"
    """Stops the file."""
    WARNING = "varning"
    """Must be accepted before the file is published."""
    NOTE = "upplysning"

    @property
    def label(self) -> str:
        """The level before people, at the beginning of a line: `Fel`."""
        return self.value.capitalize()


class FindingCode(StrEnum):
    """Which finding it is, whatever its sentence says."""

    # the file and its place in it
    EXAMPLE_DATA = "example_data"
    HEADINGS_DOUBTFUL = "headings_doubtful"
    HEADINGS_AGAIN = "headings_again"
    OTHER_SHEETS = "other_sheets"
    HIDDEN_SHEETS = "hidden_sheets"
    HIDDEN_ROWS = "hidden_rows"
    STRUCK_ROWS = "struck_rows"
    UNSEEN_ROWS = "unseen_rows"
    NUMBERS_SCALED = "numbers_scaled"
    HIDDEN_COLUMNS = "hidden_columns"
    TABLE_TURNED = "table_turned"
    OUTLINE = "outline"
    FORMULAS_NOT_COMPUTED = "formulas_not_computed"
    TEXT_BELOW_TABLE = "text_below_table"
    TEXT_BESIDE_CELLS = "text_beside_cells"
    STRAY_QUOTE = "stray_quote"
    LETTERS_LOST = "letters_lost"
    ROW_TOO_LONG = "row_too_long"
    ROWS_AT_LIMIT = "rows_at_limit"
    # source and columns
    SOURCE_UNKNOWN = "source_unknown"
    SOURCE_AMBIGUOUS = "source_ambiguous"
    PROFILE_USED = "profile_used"
    COLUMN_MISSING = "column_missing"
    YEAR_MISSING = "year_missing"
    NAME_MISSING = "name_missing"
    NAME_VAGUE = "name_vague"
    HEADING_REPEATED = "heading_repeated"
    HEADING_NEAR = "heading_near"
    ID_COLUMN_MISSING = "id_column_missing"
    ID_COLUMN_UNUSED = "id_column_unused"
    OPTIONAL_COLUMNS_MISSING = "optional_columns_missing"
    COLUMNS_UNUSED = "columns_unused"
    YEAR_GIVEN = "year_given"
    GIVEN_NOT_USED = "given_not_used"
    YEAR_FROM_TITLE = "year_from_title"
    MEASURES_AS_ROWS = "measures_as_rows"
    OTHER_MEASURE = "other_measure"
    COUNT_UNNAMED = "count_unnamed"
    OTHER_PARTS = "other_parts"
    PART_OF_POPULATION = "part_of_population"
    ROWS_OF_PERSONS = "rows_of_persons"
    # cells
    KOMMUN_MISSING = "kommun_missing"
    KOMMUN_UNKNOWN = "kommun_unknown"
    AREA_NOT_ALLOWED = "area_not_allowed"
    KOMMUN_OUTSIDE_LAN = "kommun_outside_lan"
    MEAN_OF_KOMMUNER = "mean_of_kommuner"
    STATISTIC_ROW = "statistic_row"
    DATES_IN_CATEGORY = "dates_in_category"
    MANY_UNKNOWN = "many_unknown"
    CATEGORY_UNKNOWN = "category_unknown"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_INTEGER = "not_an_integer"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE_DATE = "impossible_date"
    ID_IN_TEXT = "id_in_text"
    NUMBER_HIDDEN = "number_hidden"
    NUMBER_MARKED = "number_marked"
    NUMBER_ROUGH = "number_rough"
    NUMBER_AMBIGUOUS = "number_ambiguous"
    NUMBER_MISSING = "number_missing"
    MORE_ALIKE = "more_alike"
    COLUMN_UNREADABLE = "column_unreadable"
    DAY_NUMBERS = "day_numbers"
    DAYS_AMBIGUOUS = "days_ambiguous"
    VALUES_TAKEN_AWAY = "values_taken_away"
    UNKNOWN_AS_OTHER = "unknown_as_other"
    VALUE_CHOSEN = "value_chosen"
    AREA_AMBIGUOUS = "area_ambiguous"
    ID_IN_NUMBERS = "id_in_numbers"
    CORRECTION_APPLIED = "correction_applied"
    CORRECTION_UNUSED = "correction_unused"
    # persons
    ID_MISSING = "id_missing"
    ID_DESTROYED = "id_destroyed"
    ID_ROUNDED = "id_rounded"
    ID_LOST_ZERO = "id_lost_zero"
    ID_GIVES_CHILD = "id_gives_child"
    OTHER_SOURCE = "other_source"
    ONE_ANSWER = "one_answer"
    ID_UNLIKE = "id_unlike"
    ID_OFTEN = "id_often"
    WRONG_CHECK_DIGITS = "wrong_check_digits"
    AGE_COMPUTED = "age_computed"
    AGE_UNLIKELY = "age_unlikely"
    BIRTH_YEAR = "birth_year"
    PERSONS_ON_SEVERAL_ROWS = "persons_on_several_rows"
    PERSONS_CONTRADICT = "persons_contradict"
    SMALL_COUNTS_OPEN = "small_counts_open"
    SHARES_WITHOUT_COUNTS = "shares_without_counts"
    # rows
    NO_ROWS = "no_rows"
    KEY_REPEATED = "key_repeated"
    ROW_CHECK = "row_check"
    SUM_ROW_LEFT_OUT = "sum_row_left_out"
    SUM_ROW_AGREES = "sum_row_agrees"
    SUM_ROW_DIFFERS = "sum_row_differs"
    SUM_ROW_UNCONTROLLED = "sum_row_uncontrolled"
    KOMMUNER_WITHOUT_ROWS = "kommuner_without_rows"
    # what is likely, beside what is known
    MORE_THAN_INHABITANTS = "more_than_inhabitants"
    DIFFERS_FROM_BEFORE = "differs_from_before"
    PARTS_EXCEED_WHOLE = "parts_exceed_whole"
    PARTS_NOT_WHOLE = "parts_not_whole"
    SHARE_OUT_OF_RANGE = "share_out_of_range"
    AGES_NOT_ENOUGH = "ages_not_enough"
    NOT_SHOWN = "not_shown"
    # period, and what is loaded already
    PERIOD_MISSING = "period_missing"
    PERIOD_FROM_TITLE = "period_from_title"
    PERIOD_WITHOUT_YEAR = "period_without_year"
    PERIOD_ROUGH = "period_rough"
    SEVERAL_PERIODS = "several_periods"
    YEARS_DIFFER = "years_differ"
    SAME_FILE_LOADED = "same_file_loaded"
    PERIOD_LOADED = "period_loaded"
    PERIOD_OTHER_NAME = "period_other_name"
    # what the publication would disclose by differencing
    SMALL_DIFFERENCE = "small_difference"
    BECOMES_HIDDEN = "becomes_hidden"
    HIDDEN_FOR_EARLIER = "hidden_for_earlier"
    SMALL_REST_OF_PERIOD = "small_rest_of_period"
    NOT_PROTECTED = "not_protected"

    UNKNOWN = "unknown"
    """Of a report that was stored before codes, or by a newer version of the program."""

    @classmethod
    def _missing_(cls, value: object) -> FindingCode:
        return cls.UNKNOWN


ABOUT_FILES = frozenset({
    FindingCode.EXAMPLE_DATA, FindingCode.HEADINGS_DOUBTFUL, FindingCode.HEADINGS_AGAIN, FindingCode.OTHER_SHEETS,
    FindingCode.HIDDEN_SHEETS, FindingCode.HIDDEN_ROWS, FindingCode.STRUCK_ROWS, FindingCode.UNSEEN_ROWS,
    FindingCode.NUMBERS_SCALED, FindingCode.HIDDEN_COLUMNS, FindingCode.TABLE_TURNED, FindingCode.OUTLINE,
    FindingCode.TEXT_BELOW_TABLE, FindingCode.LETTERS_LOST, FindingCode.ROWS_AT_LIMIT,
    FindingCode.PROFILE_USED, FindingCode.HEADING_NEAR, FindingCode.ID_COLUMN_MISSING, FindingCode.ID_COLUMN_UNUSED,
    FindingCode.OPTIONAL_COLUMNS_MISSING, FindingCode.COLUMNS_UNUSED, FindingCode.YEAR_GIVEN,
    FindingCode.GIVEN_NOT_USED, FindingCode.YEAR_FROM_TITLE, FindingCode.PART_OF_POPULATION,
    FindingCode.KOMMUNER_WITHOUT_ROWS, FindingCode.SMALL_COUNTS_OPEN,
    FindingCode.PERIOD_FROM_TITLE, FindingCode.PERIOD_WITHOUT_YEAR, FindingCode.PERIOD_ROUGH,
    FindingCode.YEARS_DIFFER, FindingCode.SAME_FILE_LOADED, FindingCode.PERIOD_LOADED, FindingCode.PERIOD_OTHER_NAME,
})  # fmt: skip
"""Findings on a file, its columns and its period, which are the same whatever its counts are. No new code is, unless it
is added here: what the check says of rows and counts can narrow a count that the gate hides.
"""
