"""What says that figures differ: each method against published examples, a plain computation, and what chance does."""

import csv
import math
import statistics
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from naravard.base import settings as own
from naravard.methods import Z95, Z998, dispersion, laney, part, poisson, power, slope, standard, trend, wilson, xmr

few_examples = settings(max_examples=60, deadline=None)


def deck() -> tuple[list[str], list[int], list[int]]:
    """LGL's own table: kommuner, residents with kommunal primärvård, residents."""
    with (own.PUBLISHED / "bilden_sabo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts, totals = ([int(row[name]) for row in rows] for name in ("kommunal_primarvard", "boende_sabo"))
    return [row["kommun"] for row in rows], counts, totals


# a part of a whole


def mid_p(count: int, terms: list[Fraction]) -> float:
    """The smaller of the two tails of a count, half of its own probability in each."""
    below, own_term = sum(terms[:count], Fraction()), terms[count]
    return float(min(below + own_term / 2, 1 - below - own_term / 2))


def hypergeometric(total: int, whole_count: int, whole_total: int) -> list[Fraction]:
    all_ways = math.comb(whole_total, total)
    others = whole_total - whole_count
    return [Fraction(math.comb(whole_count, k) * math.comb(others, total - k), all_ways) for k in range(total + 1)]


def test_the_hypergeometric_distribution_is_the_published_one() -> None:
    # R. A. Fisher, The design of experiments (1935), chapter II: of 8 cups, 4 of one sort, all 4 are picked in 1 of 70
    assert hypergeometric(4, 4, 8)[4] == Fraction(1, 70)


def two_sided(count: int, terms: list[float]) -> float:
    """The mid-p of all counts that are less probable than one, and of half of those that are as probable."""
    own = terms[count]
    alike = [t for t in terms if math.isclose(t, own, rel_tol=1e-9)]
    less = [t for t in terms if t < own and not math.isclose(t, own, rel_tol=1e-9)]
    return (sum(less) + sum(alike) / 2) / sum(terms)


wholes = st.integers(2, 120).flatmap(
    lambda n: st.tuples(st.integers(1, n - 1), st.integers(0, n), st.just(n))  # part, count of the whole, whole
)


@few_examples
@given(wholes)
def test_a_part_is_outside_its_limits_as_plain_sums_say(case: tuple[int, int, int]) -> None:
    total, whole_count, whole_total = case
    limits = part.share_limits(total, whole_count, whole_total)
    average = whole_count / whole_total
    terms = hypergeometric(total, whole_count, whole_total)
    floats = [float(term) for term in terms]
    variance = average * (1 - average) * (1 / total - 1 / whole_total)
    for count, term in enumerate(terms):
        if not term:
            continue
        beyond = (count / total - average) / math.sqrt(variance) if variance else 0
        is_outside = abs(beyond) > Z95 and not math.isclose(abs(beyond), Z95)
        few = total * min(average, 1 - average) < part.FEW_EXPECTED
        is_outside = is_outside or (few and two_sided(count, floats) < part.ALPHA95)
        level = (1 + (mid_p(count, terms) < part.TAIL998)) * is_outside if variance else 0
        assert part.level(count / total, limits) == math.copysign(level, beyond)


def test_where_few_are_without_small_kommuner_err_in_about_one_of_twenty() -> None:
    """Of Torsås' 43 and Högsby's 52 among 1 885 of whom 95 % have it the score test alone errs in less than 4 %."""
    wholes_of_95 = range(1750, 1832)
    of_all = {n: math.exp(math.lgamma(1886) - math.lgamma(n + 1) - math.lgamma(1886 - n)
                          + n * math.log(0.95) + (1885 - n) * math.log(0.05)) for n in wholes_of_95}  # fmt: skip
    for total in (43, 52, 68):
        errs = 0.0
        for whole_count in wholes_of_95:
            limits = part.share_limits(total, whole_count, 1885)
            outside = [k for k in range(total + 1) if part.level(k / total, limits)]
            ways = [math.comb(whole_count, k) * math.comb(1885 - whole_count, total - k) for k in outside]
            errs += of_all[whole_count] * sum(ways) / math.comb(1885, total)
        assert 0.045 < errs < 0.055


@few_examples
@given(st.integers(1, 100), st.integers(10, 1014))
def test_against_a_fixed_share_the_terms_are_binomial(total: int, parts_of_1024: int) -> None:
    average = parts_of_1024 / 1024  # a float that is a short fraction: powers of others have thousands of digits
    limits = part.share_limits_of_value(total, average)
    exact = Fraction(average)
    terms = [math.comb(total, k) * exact**k * (1 - exact) ** (total - k) for k in range(total + 1)]
    outside = [k for k in range(total + 1) if mid_p(k, terms) < part.TAIL998]
    deviation = math.sqrt(average * (1 - average) / total)
    for count in range(total + 1):
        level = part.level(count / total, limits)
        beyond = abs(count / total - average) / deviation
        assert abs(level) == (0 if beyond < Z95 else 2 if count in outside else 1)


@few_examples
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 60))
def test_a_rate_of_a_part_is_binomial_where_the_whole_is_given(exposure: int, others: int, whole_events: int) -> None:
    limits = part.rate_limits(exposure, whole_events, exposure + others)
    share = Fraction(exposure, exposure + others)
    ways = [math.comb(whole_events, k) for k in range(whole_events + 1)]
    terms = [w * share**k * (1 - share) ** (whole_events - k) for k, w in enumerate(ways)]
    floats = [float(term) for term in terms]
    average = whole_events / (exposure + others)
    deviation = math.sqrt(average * (1 / exposure - 1 / (exposure + others)))
    for count in range(whole_events + 1):
        level = part.level(count / exposure, limits)
        beyond = abs(count / exposure - average) / deviation if deviation else 0
        few = bool(deviation) and exposure * average < part.FEW_EXPECTED
        is_outside = beyond > Z95 or (few and two_sided(count, floats) < part.ALPHA95)
        assert abs(level) == (0 if not is_outside else 2 if mid_p(count, terms) < part.TAIL998 else 1)


@pytest.mark.parametrize(("exposure", "average"), [(40, 0.3), (1000, 0.004), (250, 0.9)])
def test_against_a_fixed_rate_the_terms_are_poissons(exposure: int, average: float) -> None:
    limits = part.rate_limits_of_value(exposure, average)
    mean = exposure * average
    terms = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(int(mean * 3) + 40)]
    for count, term in enumerate(terms):
        tail = min(sum(terms[:count]) + term / 2, 1 - sum(terms[:count]) - term / 2)
        beyond = abs(count - mean) / math.sqrt(mean)
        level = 0 if beyond < Z95 else 2 if tail < part.TAIL998 else 1
        assert abs(part.level(count / exposure, limits)) == level
    assert all(map(math.isnan, part.rate_limits_of_value(0, 0.3) + part.rate_limits_of_value(5, -1)))
    assert part.rate_limits_of_value(5, 0.3, between=0.1).high95 > part.rate_limits_of_value(5, 0.3).high95
    assert part.rate_limits_of_value(5, 0) == (0, 0, 0, 0)


def test_the_smaller_the_part_the_more_it_is_as_against_a_fixed_share() -> None:
    fixed = part.share_limits_of_value(100, 0.3)
    assert part.share_limits(100, 30_000_000, 100_000_000) == pytest.approx(fixed, rel=1e-5)
    half = part.share_limits(100, 60, 200)
    assert half.high95 - 0.3 == pytest.approx((fixed.high95 - 0.3) / math.sqrt(2))


@pytest.mark.parametrize("case", [(200, 60, 200), (0, 60, 200), (201, 60, 200), (5, 7, 6), (5, -1, 6)])
def test_what_is_no_part_has_no_limits(case: tuple[int, int, int]) -> None:
    limits = part.share_limits(*case)
    assert all(map(math.isnan, limits))
    assert part.level(0.9, limits) == 0
    assert all(map(math.isnan, part.rate_limits(case[0], -1, case[2])))
    assert all(map(math.isnan, part.share_limits_of_value(0, 0.5) + part.share_limits_of_value(5, 1.5)))


@pytest.mark.parametrize("whole_count", [0, 200])
def test_where_none_or_all_have_it_nothing_is_outside(whole_count: int) -> None:
    share = whole_count / 200
    assert part.share_limits(50, whole_count, 200) == (share, share, share, share)
    assert part.level(share, part.share_limits(50, whole_count, 200)) == 0


def test_what_lies_between_the_parts_widens_both_limits() -> None:
    limits = part.share_limits(494, 1447, 1885, between=0.1)
    deviation = math.sqrt(0.7676392572944297 * 0.2323607427055703 * (1 / 494 - 1 / 1885) + 0.01)
    assert limits.low95 == pytest.approx(0.7676392572944297 - Z95 * deviation)
    assert limits.low998 == pytest.approx(0.7676392572944297 - Z998 * deviation)
    assert limits.high998 == 1
    assert part.rate_limits(50, 60, 200, between=0.1).high95 > part.rate_limits(50, 60, 200).high95
    assert part.share_limits_of_value(50, 0.3, between=0.1).high95 > part.share_limits_of_value(50, 0.3).high95


@pytest.mark.parametrize(("value", "level"), [(0.5, 0), (0.6, 0), (0.61, 1), (0.7, 1), (0.71, 2), (0.4, 0), (0.1, -2)])
def test_on_a_limit_is_inside(value: float, level: int) -> None:
    assert part.level(value, part.Limits(0.4, 0.6, 0.3, 0.7)) == level


# the least difference that is seen


def test_the_least_difference_is_that_of_the_published_example() -> None:
    # Rosner, example 7.49: 341 women for a share of 5 % against 2 % to be seen in 9 cases of 10
    assert power.share_seen(341, 0.02, 1, power=0.9) == pytest.approx(0.03, abs=0.0001)


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize(("total", "average", "whole"), [(68, 0.77, 1885), (494, 0.77, 1885), (15_000, 0.023, 247_711)])
def test_a_difference_that_large_is_seen_in_four_of_five(total: int, average: float, whole: int, side: int) -> None:
    distance = power.share_seen(total, average, side, whole)
    rest = whole - total
    others = average - side * distance * total / rest
    rng = np.random.default_rng(1)
    own_counts = rng.binomial(total, average + side * distance, 20_000)
    lan = (own_counts + rng.binomial(rest, others, 20_000)) / whole
    beyond = np.abs(own_counts / total - lan) / np.sqrt(lan * (1 - lan) * (1 / total - 1 / whole))
    assert (beyond > Z95).mean() == pytest.approx(0.8, abs=0.025)


def test_a_difference_that_there_is_no_room_for_is_never_seen() -> None:
    assert math.isnan(power.share_seen(20, 0.98, 1))
    assert power.share_seen(20, 0.98, -1) > 0.1
    assert math.isnan(power.share_seen(0, 0.5, 1))
    assert math.isnan(power.share_seen(200, 0.5, 1, 200))
    assert power.share_seen(68, 0.77, -1, between=0.1) > power.share_seen(68, 0.77, -1)


def test_a_rate_is_seen_with_the_variance_of_counts() -> None:
    distance = power.rate_seen(2000, 0.05, 1)
    quantile = statistics.NormalDist().inv_cdf(0.8)
    assert distance == pytest.approx(Z95 * math.sqrt(0.05 / 2000) + quantile * math.sqrt((0.05 + distance) / 2000))
    assert power.rate_seen(2000, 0.05, -1, 10_000) < power.rate_seen(2000, 0.05, -1)


# more spread than chance gives

# G. A. Colditz m.fl., JAMA 271 (1994) 698–702, BCG against tuberculosis, as in R's metafor (dat.bcg): cases and others
# among vaccinated and not
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def test_the_variance_between_is_that_of_the_published_example() -> None:
    # metafor, rma(measure = "RR", method = "DL"): Q = 152.2330 with 12 degrees of freedom, τ² = 0.3088
    effects = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    variances = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]
    weights = [1 / variance for variance in variances]
    average = sum(w * y for w, y in zip(weights, effects, strict=True)) / sum(weights)
    found = dispersion.spread(effects, variances, average, winsorised=0)
    assert found is not None
    assert len(BCG) * found.phi == pytest.approx(152.2330, abs=0.00005)
    assert found.between**2 == pytest.approx(0.3088, abs=0.00005)


def test_the_ratio_of_the_spread_is_that_of_funnelplotr() -> None:
    # FunnelPlotR (NHS-R Community, after Spiegelhalter 2005), tests/testthat/test-classes_methods.R at 9020d49: φ is
    # 2.948033, of the logarithms of observed by expected, none of six left out
    observed, expected_counts = (100, 150, 180, 80, 120, 225), (108, 112, 165, 95, 100, 220)
    logs = [math.log(x / e) for x, e in zip(observed, expected_counts, strict=True)]
    spread = dispersion.spread(logs, [1 / e for e in expected_counts], 0, winsorised=0)
    assert spread is not None
    assert spread.phi == pytest.approx(2.948033, abs=0.0000005)


def test_the_deck_s_kommuner_differ_far_more_than_chance() -> None:
    names, counts, totals = deck()
    average = sum(counts) / sum(totals)
    found = dispersion.spread(
        [x / n for x, n in zip(counts, totals, strict=True)], [average * (1 - average) / n for n in totals], average
    )
    assert found is not None
    assert (round(found.phi, 1), round(100 * found.between)) == (38.6, 22)
    assert found.p < 1e-50
    assert found.is_more_than_chance
    levels = {
        name: part.level(x / n, part.share_limits(n, sum(counts), sum(totals), found.between))
        for name, x, n in zip(names, counts, totals, strict=True)
    }
    assert {name for name, level in levels.items() if level} == {"Borgholm", "Mörbylånga"}


def test_the_spread_in_plain_numbers() -> None:
    values, variances, average = [1.0, 2.0, 4.0, 9.0, 0.5], [1.0, 2.0, 1.5, 3.0, 0.7], 2.2
    z = [(v - average) / math.sqrt(s) for v, s in zip(values, variances, strict=True)]
    in_order = sorted(z)
    low = in_order[0] + 0.4 * (in_order[1] - in_order[0])  # a tenth of the way from the first to the last of five
    high = in_order[4] - 0.4 * (in_order[4] - in_order[3])
    phi = sum(min(max(each, low), high) ** 2 for each in z) / 5
    weights = [1 / s for s in variances]
    between = (5 * phi - 4) / (sum(weights) - sum(w**2 for w in weights) / sum(weights))
    found = dispersion.spread(values, variances, average)
    assert found is not None
    assert found[:2] == pytest.approx((phi, math.sqrt(max(between, 0))))


def test_a_value_is_drawn_to_the_average_as_in_the_published_example() -> None:
    # Efron and Morris: Clemente's .400 of 45 times at bat becomes .294, with 0.212 of the distance to .265
    variance = 0.265 * 0.735 / 45
    between = math.sqrt(0.212 / (1 - 0.212) * variance)
    assert dispersion.shrunken(0.4, variance, 0.265, between) == pytest.approx(0.294, abs=0.0005)
    assert dispersion.shrunken(0.4, variance, 0.265, 0) == 0.265
    assert dispersion.shrunken(0.4, 0, 0.265, 0) == 0.4


@pytest.mark.parametrize(
    # the usual table of χ²
    ("value", "degrees", "p"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (10.828, 1, 0.001),
        (19.675, 11, 0.05),
        (31.264, 11, 0.001),
        (18.307, 10, 0.05),
    ],
)
def test_the_tail_of_chi_square_is_that_of_the_table(value: float, degrees: int, p: float) -> None:
    assert dispersion.chi_square_tail(value, degrees) == pytest.approx(p, abs=p / 500)
    assert dispersion.chi_square_tail(0, degrees) == 1


def test_few_figures_or_no_variance_have_no_spread() -> None:
    assert dispersion.spread([1, 2, 3], [1, 1, 1], 2) is None
    assert dispersion.spread([1, 2, 3, 4], [1, 1, 0, 1], 2) is None
    alike = dispersion.spread([1, 1, 1, 1], [1, 1, 1, 1], 1)
    assert alike is not None
    assert (alike.phi, alike.between, alike.p, alike.is_more_than_chance) == (0, 0, 1, False)


# change per year


def test_the_slope_of_shares_is_that_of_the_published_example(monkeypatch: pytest.MonkeyPatch) -> None:
    # R, help of prop.trend.test: smokers among lung cancer patients, J. L. Fleiss (1981), X² = 8.2249
    monkeypatch.setattr(slope, "MIN_POINTS", 4)
    found = slope.of_shares([1, 2, 3, 4], [83, 90, 129, 70], [86, 93, 136, 82])
    assert found is not None
    error = (found.high - found.low) / 2 / 4.302653  # Student's t with 2 degrees of freedom
    assert found.dispersion * (found.change / error) ** 2 == pytest.approx(8.2249, abs=0.00005)
    # prop.test has 12.6004 for any difference, so that 4.3755 lie around the line
    assert found.dispersion == pytest.approx((12.6004 - 8.2249) / 2, abs=0.0001)


def test_the_slope_of_rates_is_that_of_the_published_example() -> None:
    # deaths from AIDS in Australia by quarter: R. Whyte m.fl., Applied Statistics 36 (1987), as in Dobson and Barnett;
    # R, glm(poisson): 0.25652, standard error 0.02204
    deaths = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45]
    found = slope.of_rates(range(1, 15), deaths, [1] * 14)
    assert found is not None
    assert found.change == pytest.approx(0.25652, abs=0.000005)
    half = 2.178813 * 0.02203911 * math.sqrt(found.dispersion)  # Student's t with 12 degrees of freedom
    assert (found.low, found.high) == pytest.approx((0.25652359 - half, 0.25652359 + half), abs=1e-6)
    assert found.direction == 1


def per_thousand(*shares: float, of: int = 5793) -> slope.Slope:
    found = slope.of_shares(range(len(shares)), [round(of * share / 100) for share in shares], [of] * len(shares))
    assert found is not None
    return found


def test_a_rise_of_one_in_a_hundred_a_year_is_seen_and_one_of_one_person_is_not() -> None:
    steep = per_thousand(75.0, 76.0, 75.9, 78.0, 79.0)
    assert steep.direction == 1
    assert steep.change == pytest.approx(0.00998, abs=0.00001)
    assert 0.004 < steep.low < steep.high < 0.016
    flat = slope.of_shares(range(5), [4345, 4346, 4347, 4348, 4349], [5793] * 5)
    assert flat is not None
    assert flat.direction == 0
    assert trend.direction([4345, 4346, 4347, 4348, 4349]) == 1, "a test of ranks does not know how large the steps are"


def test_a_slope_turns_with_the_series() -> None:
    up, down = per_thousand(70, 72, 71, 75, 77), per_thousand(77, 75, 71, 72, 70)
    assert (down.change, down.low, down.high) == pytest.approx((-up.change, -up.high, -up.low))
    assert up.direction == -down.direction == 1
    rates = [
        slope.of_rates(range(6), counts, [100] * 6) for counts in ([9, 12, 15, 14, 20, 25], [25, 20, 14, 15, 12, 9])
    ]
    assert rates[0] is not None
    assert rates[1] is not None
    assert rates[0].change == pytest.approx(-rates[1].change)


@pytest.mark.parametrize(
    "series",
    [([0, 1, 2, 3], [1] * 4, [9] * 4), (range(5), [0] * 5, [9] * 5), (range(5), [3] * 5, [9, 9, 0, 9, 9]),
     ([1] * 5, [3] * 5, [9] * 5)],
)  # fmt: skip
def test_what_has_no_slope(series: tuple[list[float], list[float], list[float]]) -> None:
    assert slope.of_shares(*series) is None
    assert slope.of_rates(*series) is None


def test_all_of_all_have_no_slope() -> None:
    assert slope.of_shares(range(5), [9] * 5, [9] * 5) is None


@pytest.mark.parametrize(("spread", "highest"), [(0.0, 0.055), (0.008, 0.07)])
def test_a_level_series_has_a_slope_in_about_one_of_twenty(spread: float, highest: float) -> None:
    rng = np.random.default_rng(5)
    rounds = 1500
    slopes = 0
    for _ in range(rounds):
        true = np.clip(0.77 + spread * rng.standard_normal(6), 0, 1)
        found = slope.of_shares(range(6), rng.binomial(5793, true), [5793] * 6)
        slopes += found is not None and found.direction != 0
    assert 0.02 < slopes / rounds < highest


@pytest.mark.parametrize("series", [(1, 2, 2, 3, 4, 5, 6), (3, 1, 1, 1, 2, 1, 1), (2, 2, 1, 1, 3), (1, 1, 2, 2, 3, 3)])
def test_ties_have_the_exact_p_of_all_orders(series: tuple[int, ...]) -> None:
    def score(values: tuple[int, ...]) -> int:
        pairs = [(a, b) for i, a in enumerate(values) for b in values[i + 1 :]]
        return sum((a < b) - (a > b) for a, b in pairs)

    scores = [abs(score(order)) for order in permutations(series)]
    found, p = trend.mann_kendall(series)
    assert found == score(series)
    assert p == pytest.approx(sum(each >= abs(found) for each in scores) / len(scores))


# the same ages everywhere

# Down's syndrome by the mother's age, fifth child and later, Michigan 1950–1964: C. R. Stark and N. Mantel, Journal of
# the National Cancer Institute 37 (1966); M. P. Fay and E. J. Feuer, Statistics in Medicine 16 (1997) 791–801, table II
DOWN = [0, 8, 63, 112, 262, 295]
BIRTHS = [327, 30666, 123419, 149919, 104088, 34392]
STANDARD = [319933, 931318, 786511, 488235, 237863, 61313]


def test_a_directly_standardised_rate_is_that_of_the_published_example() -> None:
    # R, dsrTest, its example: 75.52901 per 100 000
    found = standard.direct(DOWN, BIRTHS, STANDARD)
    assert found is not None
    assert 1e5 * found.value == pytest.approx(75.52901, abs=0.000005)


def test_dobsons_interval_in_plain_numbers() -> None:
    events, whole = sum(DOWN), sum(STANDARD)
    terms = [(w / whole, x, n) for w, x, n in zip(STANDARD, DOWN, BIRTHS, strict=True)]
    rate, variance = sum(w * x / n for w, x, n in terms), sum(w**2 * x / n**2 for w, x, n in terms)
    low = events * (1 - 1 / (9 * events) - Z95 / (3 * math.sqrt(events))) ** 3
    high = (events + 1) * (1 - 1 / (9 * (events + 1)) + Z95 / (3 * math.sqrt(events + 1))) ** 3
    scale = math.sqrt(variance / events)
    found = standard.direct(DOWN, BIRTHS, STANDARD)
    assert found == pytest.approx((rate, rate + scale * (low - events), rate + scale * (high - events)))


def test_one_age_alone_has_the_crude_rate_and_its_interval() -> None:
    found = standard.direct([40], [1000], [7])
    assert found is not None
    assert found == pytest.approx((0.04, *poisson.rate_interval(40, 1000)))
    none = standard.direct([0, 0], [1000, 500], [2, 1])
    assert none is not None
    assert none.value == none.low == 0
    assert none.high == pytest.approx(2 / 3 / 1000 * poisson.interval(0)[1])
    assert standard.direct([1], [0], [7]) is None
    assert standard.direct([1], [10], [0]) is None


def test_observed_by_expected_has_byars_interval() -> None:
    # R, help of poisson.test: 137 deaths against 24.19893 expected, exact 4.753125–6.692709
    found = standard.ratio(137, 24.19893)
    assert found is not None
    assert found.value == pytest.approx(5.661407, abs=0.000001)
    assert (found.low, found.high) == pytest.approx((4.753125, 6.692709), rel=0.002)
    assert standard.ratio(3, 0) is None
    # Breslow and Day, volume II, page 69: the whole's own rates give what the whole has
    assert standard.expected_count([10, 20], [1, 8], [10, 20]) == 9


# Test data of PHEindicatormethods (UK Health Security Agency, github.com/ukhsa-collaboration/PHEindicatormethods at
# 093fd288, tests/testthat/testdata_DSR_ISR.xlsx and testdata_Byars_Wilson.xlsx): nineteen ages, the areas testdata_big
# and testdata_small with the same inhabitants, the reference of refdata, the European standard population of 2013
PHE_BIG = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
PHE_SMALL = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
PHE_PEOPLE = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207]
PHE_REFERENCE = [10303, 2824, 0, 3615, 3641, 3490, 3789, 3213, 3031, 2771, 3089, 3490, 3595, 4745, 5514, 7125, 5694,
                 6210, 5757]  # fmt: skip
PHE_REFERENCE_PEOPLE = [50520, 57173, 60213, 54659, 44345, 50128, 62163, 67423, 62899, 55463, 60479, 49974, 44140,
                        40888, 37239, 30819, 18136, 15325, 13918]  # fmt: skip
ESP2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500,
           1000]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "z", "expected"),
    [
        (PHE_BIG, Z95, (10430.247991469423, 9717.709067985681, 11178.94091547925)),
        (PHE_BIG, Z998, (10430.247991469423, 9323.287880219903, 11620.595999522058)),
        (PHE_SMALL, Z95, (1103.212025300104, 877.455767536709, 1367.0882227251795)),
        (PHE_SMALL, Z998, (1103.212025300104, 763.6420357939879, 1530.0328948244762)),
    ],
)
def test_direct_standardisation_is_that_of_pheindicatormethods(
    counts: list[int], z: float, expected: tuple[float, float, float]
) -> None:
    direct = standard.direct(counts, PHE_PEOPLE, ESP2013, z)
    assert direct is not None
    assert [1e5 * each for each in direct] == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("observed", "z", "expected"),
    [
        (sum(PHE_BIG), Z95, (1.0707232939020275, 1.0017147712553987, 1.143233287249895)),
        (sum(PHE_BIG), Z998, (1.0707232939020275, 0.9635155619614437, 1.1860070415876287)),
        (sum(PHE_SMALL), Z95, (0.10886683770400503, 0.08765040101829405, 0.1336657632841891)),
        (sum(PHE_SMALL), Z998, (0.10886683770400503, 0.07695425528392111, 0.14897920510466744)),
        (9, Z95, (0.010767049882813684, 0.004923380825095776, 0.02043921455549973)),
        (9, Z998, (0.010767049882813684, 0.0029339306550682617, 0.02710589651469021)),
    ],
)
def test_observed_by_expected_is_that_of_pheindicatormethods(
    observed: int, z: float, expected: tuple[float, float, float]
) -> None:
    expected_count = standard.expected_count(PHE_PEOPLE, PHE_REFERENCE, PHE_REFERENCE_PEOPLE)
    assert expected_count == pytest.approx(835.8835612311743)
    assert standard.ratio(observed, expected_count, z) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("count", "z", "expected"),
    [
        (65, Z95, (50.163187710459454, 82.84913854593984)),
        (1045, Z95, (982.5932018073325, 1110.33121298565)),
        (65, Z998, (42.8802614714802, 94.00029084431802)),
        (1045, Z998, (947.9407035610374, 1148.806160988033)),
        (10, Z998, (2.916318374695686, 24.193724927880535)),
    ],
)
def test_byars_limits_are_those_of_pheindicatormethods(count: int, z: float, expected: tuple[float, float]) -> None:
    assert poisson.interval(count, z) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("count", "total", "z", "expected"),
    [
        (65, 100, Z95, (0.5525444329688797, 0.7363575175690247)),
        (1045, 5000, Z95, (0.19795549880013297, 0.22049130373189027)),
        (65, 100, Z998, (0.4954946574070431, 0.7783540614089697)),
        (1045, 5000, Z998, (0.19179381799015244, 0.22731562902525818)),
    ],
)
def test_wilsons_limits_are_those_of_pheindicatormethods(
    count: int, total: int, z: float, expected: tuple[float, float]
) -> None:
    assert wilson.interval(count, total, z) == pytest.approx(expected, rel=1e-8)


AGES = np.array([[0.78, 0.16, 0.06], [0.70, 0.20, 0.10], [0.66, 0.23, 0.11], [0.82, 0.13, 0.05]])
"""Parts of the inhabitants by age in four kommuner, as different as the county's."""


def inhabitants() -> NDArray[np.int64]:
    return np.rint(AGES * np.array([[71_000], [11_000], [6_000], [20_000]])).astype(np.int64)


def test_a_part_against_the_whole_age_by_age_errs_in_one_of_twenty() -> None:
    rng = np.random.default_rng(7)
    population, shares, rounds = inhabitants(), np.array([0.004, 0.03, 0.18]), 4000
    crude, adjusted = np.zeros(4), np.zeros(4)
    for _ in range(rounds):
        counts = rng.binomial(population, shares)
        whole, everybody = counts.sum(axis=0), population.sum(axis=0)
        for i in range(4):
            found = standard.excess(counts[i], population[i], whole, everybody)
            adjusted[i] += abs(found.z) > Z95
            limits = part.share_limits(population[i].sum(), whole.sum(), everybody.sum())
            crude[i] += part.level(counts[i].sum() / population[i].sum(), limits) != 0
    assert ((adjusted / rounds > 0.043) & (adjusted / rounds < 0.057)).all()
    assert (crude / rounds > 0.95).sum() >= 3, "what only age makes is found nearly always without it"


def test_the_excess_in_plain_numbers() -> None:
    found = standard.excess([5, 9], [50, 60], [20, 30], [200, 150])
    expected = 50 * 20 / 200 + 60 * 30 / 150
    variance = 50 * 150 * 20 * 180 / (200**2 * 199) + 60 * 90 * 30 * 120 / (150**2 * 149)
    assert (found.persons, found.deviation) == pytest.approx((14 - expected, math.sqrt(variance)))
    assert standard.excess([5], [50], [0], [200]).z == 0


# a series of points of different sizes


def of_share(average: float) -> float:
    return average * (1 - average)


@few_examples
@given(st.lists(st.integers(300, 420), min_size=12, max_size=24))
def test_with_points_of_one_size_it_is_the_xmr_chart(counts: list[int]) -> None:
    sizes = [1000] * len(counts)
    assert laney.signals(counts, sizes, of_share) == xmr.signals([count / 1000 for count in counts])
    centre, low, high = laney.limits(counts, sizes, of_share)
    plain = xmr.limits([count / 1000 for count in counts])
    assert (centre, low[0], high[-1]) == pytest.approx((plain.centre, plain.lower, plain.upper))


def test_laneys_limits_in_plain_numbers() -> None:
    counts = [50, 130, 90, 210, 75, 160, 140, 95, 180, 60, 120, 220]
    sizes = [500, 1200, 1000, 1900, 800, 1500, 1450, 900, 1700, 650, 1100, 2000]
    average = sum(counts) / sum(sizes)
    own_size = [math.sqrt(average * (1 - average) / n) for n in sizes]
    z = [(x / n - average) / s for x, n, s in zip(counts, sizes, own_size, strict=True)]
    usual = sum(abs(a - b) for a, b in zip(z[1:], z, strict=False)) / 11 / 1.128
    centre, low, high = laney.limits(counts, sizes, of_share)
    assert centre == pytest.approx(average)
    assert low.tolist() == pytest.approx([average - 3 * usual * s for s in own_size])
    assert high.tolist() == pytest.approx([average + 3 * usual * s for s in own_size])
    outside = [i for i, (x, n) in enumerate(zip(counts, sizes, strict=True)) if not low[i] <= x / n <= high[i]]
    assert [i for i, rule in laney.signals(counts, sizes, of_share) if rule == "outside"] == outside


def test_a_small_point_is_not_out_of_the_usual_where_it_is_only_small() -> None:
    """70 % of 20 persons among points of 2 000 at 50 %: the XmR chart takes it for a change, the p′ chart does not."""
    counts, sizes = [1000, 1030, 975, 1015, 985, 1025] * 2 + [14], [2000] * 12 + [20]
    assert (12, "outside") in xmr.signals([x / n for x, n in zip(counts, sizes, strict=True)])
    assert (12, "outside") not in laney.signals(counts, sizes, of_share)


@pytest.mark.parametrize("series", [([5] * 11, [10] * 11), ([5] * 12, [10] * 11 + [0])])
def test_a_chart_of_sizes_refuses_few_points_and_none(series: tuple[list[int], list[int]]) -> None:
    for method in (laney.signals, laney.limits):
        with pytest.raises(ValueError, match=r"\.$"):
            method(*series, of_share)
