"""The statistical methods, each against published examples and against a second, plain computation."""

import math
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard.methods import Z95, Z998, chance, compare, poisson, trend, wilson, xmr
from naravard.methods.spine import spine
from tests.examples import examples

pytestmark = pytest.mark.filterwarnings("error")

BOTH = pytest.mark.parametrize("z", [Z95, Z998])
NAN = math.nan
few_examples = examples(60)
shares_of = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def crossing(rises: Callable[[float], float], low: float, high: float) -> float:
    """Where an increasing function passes 0."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if rises(middle) > 0 else (middle, high)
    return (low + high) / 2


@pytest.mark.parametrize(("z", "level"), [(Z95, 0.95), (Z998, 0.998)])
def test_the_quantiles_are_those_of_the_normal_distribution(z: float, level: float) -> None:
    assert z == pytest.approx(statistics.NormalDist().inv_cdf((1 + level) / 2), rel=1e-14)
    assert wilson.Z95 == Z95


# Wilson

# R. G. Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3
NEWCOMBE_SINGLE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("count", "total", "low", "high"), NEWCOMBE_SINGLE)
def test_wilson_gives_the_limits_that_newcombe_printed(count: int, total: int, low: float, high: float) -> None:
    assert wilson.interval(count, total) == pytest.approx((low, high), abs=0.00005)


@BOTH
@pytest.mark.parametrize(("count", "total"), [(0, 1), (1, 1), (4, 92), (51, 52), (1447, 1885), (52, 52), (5, 250_000)])
def test_wilsons_limits_solve_the_score_equation(count: int, total: int, z: float) -> None:
    def score(a: float) -> float:
        return total * (count / total - a) ** 2 - z**2 * a * (1 - a)

    share = count / total
    low = crossing(lambda a: -score(a), 0, share) if count else 0
    high = crossing(score, share, 1) if count < total else 1
    assert wilson.interval(count, total, z) == pytest.approx((low, high), abs=1e-12)


@given(st.integers(-2, 300), st.integers(-2, 300), st.sampled_from([Z95, Z998]))
def test_a_number_has_exactly_the_answer_of_an_array(count: int, total: int, z: float) -> None:
    """Numbers go a way of their own, for speed."""
    lows, highs = wilson.interval(np.array([count]), np.array([total]), z)
    assert np.array_equal([wilson.interval(count, total, z)], [[lows[0], highs[0]]], equal_nan=True)


def test_wilson_takes_numbers_and_arrays() -> None:
    low, high = wilson.interval(1, 29)
    assert type(low) is float
    assert type(high) is float
    lows, highs = wilson.interval(np.array([[1, 0]]), np.array([[29], [20]]))
    assert lows.shape == highs.shape == (2, 2)
    assert (lows[0, 0], highs[0, 0]) == (low, high)
    assert highs[1, 1] == pytest.approx(0.1611, abs=0.00005)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (1, 0), (-1, 5), (6, 5), (NAN, 5), (2, NAN), (1, -2)])
def test_a_share_that_is_none_has_no_interval(count: float, total: float) -> None:
    assert np.isnan(wilson.interval(count, total)).all()


@few_examples
@given(shares_of)
def test_wilson_is_within_0_and_1_symmetric_and_wider_at_99_8(share: tuple[int, int]) -> None:
    count, total = share
    (low, high), (low998, high998) = (wilson.interval(count, total, z) for z in (Z95, Z998))
    assert 0 <= low998 <= low <= count / total <= high <= high998 <= 1
    mirrored = wilson.interval(total - count, total)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high), abs=1e-13)
    if count < total:
        more = wilson.interval(count + 1, total)
        assert (more[0] > low, more[1] > high) == (True, True)


@pytest.mark.parametrize("total", [1, 7, 52, 1885, 99_991, 10_000_019])
def test_wilson_ends_at_none_and_all_exactly(total: int) -> None:
    assert wilson.interval(0, total)[0] == 0
    assert wilson.interval(total, total)[1] == 1


# Poisson

# the exact table: E. S. Pearson and H. O. Hartley, Biometrika tables for statisticians, volume I, table 40; below 10
GARWOOD = [
    (0, 0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.242, 7.225),
    (3, 0.619, 8.767),
    (5, 1.623, 11.668),
    (9, 4.115, 17.085),
]
# from 10 the same table to what Byar's approximation promises, 0.2 % (Public Health England, Technical guide:
# confidence intervals, 2018); for 30 Barry (below) prints 20.24 and 42.83
FROM_TEN = [(10, 4.795, 18.39), (30, 20.24, 42.83), (50, 37.11, 65.92), (100, 81.36, 121.63)]


@pytest.mark.parametrize(("count", "low", "high"), GARWOOD)
def test_few_events_have_the_exact_limits_of_the_table(count: int, low: float, high: float) -> None:
    assert poisson.interval(count) == pytest.approx((low, high), abs=0.0005)


@pytest.mark.parametrize(("count", "low", "high"), FROM_TEN)
def test_many_events_have_nearly_the_limits_of_the_table(count: int, low: float, high: float) -> None:
    assert poisson.interval(count) == pytest.approx((low, high), rel=0.002)


def test_a_rate_of_the_published_example() -> None:
    # R, help of poisson.test: 137 deaths against 24.19893 expected (eba1977 in ISwR), exact 4.753125–6.692709
    assert poisson.rate_interval(137, 24.19893) == pytest.approx((4.753125, 6.692709), rel=0.002)


def at_most(count: int, expected: float) -> float:
    return math.fsum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count + 1))


def exact_poisson(count: int, z: float) -> tuple[float, float]:
    """The expected counts for which so many or more, and so few or fewer, have the probability of a tail."""
    tail = statistics.NormalDist().cdf(-z)
    most = 3 * count + 50.0
    low = crossing(lambda m: 1 - at_most(count - 1, m) - tail, 1e-12, most) if count else 0
    return low, crossing(lambda m: tail - at_most(count, m), 1e-12, most)


@BOTH
@pytest.mark.parametrize("count", range(10))
def test_few_events_solve_the_sums_of_poisson_probabilities(count: int, z: float) -> None:
    assert poisson.interval(count, z) == pytest.approx(exact_poisson(count, z), rel=1e-8)


@pytest.mark.parametrize(("z", "within"), [(Z95, 0.002), (Z998, 0.015)])
@pytest.mark.parametrize("count", [10, 11, 15, 40, 160])
def test_byars_approximation_is_as_near_as_promised(count: int, z: float, within: float) -> None:
    assert poisson.interval(count, z) == pytest.approx(exact_poisson(count, z), rel=within)


@BOTH
@pytest.mark.parametrize("count", [10, 11, 65, 1045])
def test_from_ten_events_on_it_is_byars_approximation(count: int, z: float) -> None:
    # Breslow and Day, volume II (1987), page 69, written out
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    high = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * math.sqrt(count + 1))) ** 3
    assert poisson.interval(count, z) == pytest.approx((low, high), rel=1e-13)


@BOTH
def test_poisson_limits_rise_with_the_count(z: float) -> None:
    low, high = poisson.interval(np.arange(3000), z)
    assert (np.diff(low) > 0).all()
    assert (np.diff(high) > 0).all()
    inner = poisson.interval(np.arange(3000), 1.0)
    assert (low <= inner[0]).all()
    assert (inner[1] < high).all()


def test_poisson_takes_numbers_and_arrays() -> None:
    assert [type(limit) for limit in (*poisson.interval(3), *poisson.rate_interval(12, 7.5))] == [float] * 4
    low, high = poisson.rate_interval(np.array([3, 12]), np.array([[2.0], [4.0]]))
    assert low.shape == high.shape == (2, 2)
    assert (low[1, 0], high[0, 1]) == (poisson.interval(3)[0] / 4, poisson.interval(12)[1] / 2)


def test_what_is_no_count_or_has_no_exposure_has_no_limits() -> None:
    assert np.isnan(poisson.interval(np.array([-1, NAN]))).all()
    assert np.isnan(poisson.rate_interval(np.array([3.0, 12, 3]), np.array([0, -1, NAN]))).all()
    assert poisson.interval(10, 20.0)[0] == 0  # Byar's formula is below 0 here


@pytest.mark.process
def test_scipy_is_imported_only_for_few_events() -> None:
    code = (
        "import sys\nfrom naravard.methods import compare, part, poisson, slope, trend, xmr\npoisson.interval(10)\n"
        "assert 'scipy' not in sys.modules\npoisson.interval(9)\nassert 'scipy.special' in sys.modules\n"
        "assert 'scipy.stats' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Comparing


@pytest.mark.parametrize(
    ("reference", "expected"),
    [(0.05, 2), (0.1, 1), (0.15, 1), (0.2, 0), (0.3, 0), (0.4, 0), (0.45, -1), (0.5, -1), (0.55, -2), (NAN, 0)],
)
def test_a_level_tells_how_far_outside_the_reference_is(reference: float, expected: int) -> None:
    assert compare.level(0.2, 0.4, 0.1, 0.5, reference) == expected


def test_levels_of_what_cannot_be_told_are_0_and_broadcast() -> None:
    told = compare.level(np.array([NAN, 0.2]), 0.4, 0.1, np.array([[0.5], [NAN]]), 0.9)
    assert told.tolist() == [[-2, -2], [-1, -1]]
    assert told.dtype == np.int64
    assert compare.level(NAN, NAN, NAN, NAN, 0.5) == 0


# R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10; the last one: M. W. Fagerland,
# S. Lydersen and P. Laake, Statistical analysis of contingency tables (2017), chapter 4
NEWCOMBE_DIFFERENCE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
    (7, 34, 1, 34, 0.019, 0.34),
]


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE_DIFFERENCE)
def test_the_difference_of_shares_is_newcombes(a: int, m: int, b: int, n: int, low: float, high: float) -> None:
    assert compare.share_difference(a, m, b, n) == pytest.approx((low, high), abs=0.0005 if m == 34 else 0.00005)
    assert (compare.shares(a, m, b, n) > 0) == compare.shares_differ(b, n, a, m) == (low > 0)
    assert compare.shares(a, m, b, n) == -compare.shares(b, n, a, m)


def plain_difference(a: int, m: int, b: int, n: int, z: float) -> tuple[float, float]:
    """Method 10 in plain numbers, with the quadratic equation of the score solved by its textbook formula."""

    def ends(x: int, total: int) -> tuple[float, float]:
        root = z * math.sqrt(z * z + 4 * x * (total - x) / total)
        return (2 * x + z * z - root) / (2 * (total + z * z)), (2 * x + z * z + root) / (2 * (total + z * z))

    (low_a, high_a), (low_b, high_b) = ends(a, m), ends(b, n)
    p, q = a / m, b / n
    return p - q - math.hypot(p - low_a, high_b - q), p - q + math.hypot(high_a - p, q - low_b)


@few_examples
@given(shares_of, shares_of)
def test_the_difference_of_shares_in_plain_numbers(one: tuple[int, int], other: tuple[int, int]) -> None:
    at95, at998 = (plain_difference(*one, *other, z) for z in (Z95, Z998))
    assert compare.share_difference(*one, *other) == pytest.approx(at95, abs=1e-12)
    assert compare.share_difference(*one, *other, Z998) == pytest.approx(at998, abs=1e-12)
    expected = sum((low > 0) - (high < 0) for low, high in (at95, at998))
    assert compare.shares(*one, *other) == expected == -compare.shares(*other, *one)
    assert compare.shares(*one, *one) == 0
    assert compare.shares_differ(*one, *other) == (expected != 0)
    assert compare.shares_differ(*one, *other, Z998) == (abs(expected) == 2)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # breast cancer in women with and without fluoroscopy, rate ratio 1.86, above 1 at 95 %: J. D. Boice and
        # R. R. Monson, Journal of the National Cancer Institute 59 (1977) 823–832
        (compare.rates(41, 28_010, 15, 19_017), 1),
        (compare.rates(15, 19_017, 41, 28_010), -1),
        # lung cancer in Fredericia and elsewhere, p = 0.08: R, help of poisson.test
        (compare.rates(11, 800, 6 + 8 + 7, 1083 + 1050 + 878), 0),
        (compare.rates(100, 1000, 30, 1000), 2),
        (compare.rates(0, 1000, 0, 1000), 0),
        (compare.rates(5, 0, 50, 1000), 0),
        (compare.rates(5, 1000, 50, -1), 0),
        (compare.rates(0, 1000, 0, 0), 0),
    ],
)
def test_rates_against_each_other(told: int, expected: int) -> None:
    assert told == expected


counted = st.tuples(st.integers(0, 300), st.integers(1, 5000))


@few_examples
@given(counted, counted)
def test_rates_in_plain_numbers(one: tuple[int, int], other: tuple[int, int]) -> None:
    both, share = one[0] + other[0], one[1] / (one[1] + other[1])
    beyond, spread = one[0] - both * share, math.sqrt(both * share * (1 - share))
    expected = sum((beyond > z * spread) - (beyond < -z * spread) for z in (Z95, Z998))
    assert compare.rates(*one, *other) == expected == -compare.rates(*other, *one)
    assert compare.counts_differ(other[0], one[0], other[1], one[1]) == (expected != 0)
    assert compare.counts_differ(other[0], one[0], other[1], one[1], Z998) == (abs(expected) == 2)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (compare.counts_differ(10, 20), False),
        (compare.counts_differ(10, 21), True),
        (compare.counts_differ(21, 10), True),
        (compare.counts_differ(21, 10, z=Z998), False),
        (compare.counts_differ(10, 21, 100, 210), False),
        (compare.counts_differ(0, 0), False),
        (compare.counts_differ(5, 50, 0, 10), False),
        (compare.shares_differ(48, 80, 56, 70), True),
        (compare.shares_differ(56, 70, 48, 80), True),
        (compare.shares_differ(0, 29, 5, 56), False),
        (compare.shares_differ(5, 0, 50, 60), False),
        (compare.shares_differ(5, 60, 5, 0), False),
    ],
)
def test_whether_two_figures_differ(told: bool, expected: bool) -> None:
    assert told is expected


def test_comparisons_are_broadcast() -> None:
    counts, totals = np.array([56, 48, 0]), np.array([70, 80, 0])
    assert compare.shares(counts, totals, 48, 80).tolist() == [1, 0, 0]
    assert compare.rates(np.array([41, 11]), np.array([28_010, 800]), 15, 19_017).tolist() == [1, 2]
    low, high = compare.share_difference(counts, totals, np.array([48]), np.array([80]))
    assert (low.shape, high.shape, bool(np.isnan(low[2]))) == ((3,), (3,), True)


# Chance


@pytest.mark.parametrize(
    # 20 tests: J. M. Bland and D. G. Altman, Multiple significance tests: the Bonferroni method, BMJ 310 (1995) 170
    ("count", "outside", "rarely_more"),
    [(20, 1.0, 2), (12, 0.6, 1), (1, 0.05, 0), (2, 0.1, 0), (3, 0.15, 1), (0, 0, 0), (60, 3.0, 5)],
)
def test_how_many_are_outside_by_chance(count: int, outside: float, rarely_more: int) -> None:
    assert chance.outside(count) == pytest.approx(outside)
    assert chance.rarely_more(count) == rarely_more


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("count", [0, 1, 5, 12])
def test_chance_sums_the_binomial_distribution(count: int, level: float) -> None:
    odds = [math.comb(count, k) * (1 - level) ** k * level ** (count - k) for k in range(count + 1)]
    assert chance.outside(count, level) == pytest.approx(sum(k * p for k, p in enumerate(odds)))
    many = chance.rarely_more(count, level)
    assert sum(odds[many + 1 :]) < chance.RARELY
    assert many == 0 or sum(odds[many:]) >= chance.RARELY


@pytest.mark.parametrize(("count", "level"), [(-1, 0.95), (12, 95), (12, 1.0), (12, 0.0)])
def test_chance_refuses_what_is_no_count_or_level(count: int, level: float) -> None:
    for method in (chance.outside, chance.rarely_more):
        with pytest.raises(ValueError, match=r"\.$"):
            method(count, level)


# Trend

# tuna, ordered by colour: M. Hollander and D. A. Wolfe, Nonparametric statistical methods (1973), page 185; R, help of
# cor.test, prints T = 26 rising of 36 pairs, and 0.1194 for the two sides
TUNA = [2.5, 4.0, 2.6, 3.6, 2.8, 3.1, 5.2, 5.0, 3.8]
# J. Little, College of the Holy Cross, Mann-Kendall by hand: S = 54, Z = 2.9058, one pair of equal values
BY_HAND = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]


def test_mann_kendall_gives_the_published_results() -> None:
    told, probability = trend.mann_kendall(TUNA)
    assert (told, probability) == (16, pytest.approx(0.1194, abs=0.00005))
    assert trend.mann_kendall(BY_HAND)[0] == 54 == -trend.mann_kendall(np.array(BY_HAND[::-1]))[0]
    assert trend._normal(54, 14, [2]) == pytest.approx(0.00366, abs=0.00005)


def with_falls(points: int, falls: int) -> list[float]:
    """A series of so many points in which so many pairs fall."""
    series: list[float] = []
    for value in range(points):
        place = max(len(series) - falls, 0)
        falls -= len(series) - place
        series.insert(place, value)
    return series


# the usual table of critical values of Kendall's tau, one-sided 0.025: n and the least tau that differs from 0
CRITICAL = [
    (5, 1.0),
    (6, 0.867),
    (7, 0.714),
    (8, 0.643),
    (9, 0.556),
    (10, 0.511),
    (11, 0.491),
    (12, 0.455),
    (13, 0.436),
    (20, 0.326),
    (30, 0.255),
    (50, 0.192),
]


@pytest.mark.parametrize(("points", "tau"), CRITICAL)
def test_the_exact_distribution_has_the_critical_values_of_the_table(points: int, tau: float) -> None:
    pairs = math.comb(points, 2)
    falls = round((1 - tau) / 2 * pairs)
    assert (pairs - 2 * falls) / pairs == pytest.approx(tau, abs=0.0006)
    assert trend.direction(with_falls(points, falls)) == 1
    assert trend.direction(with_falls(points, falls)[::-1]) == -1
    assert trend.direction(with_falls(points, falls + 1)) == 0


@pytest.mark.parametrize("points", [5, 6, 7])
def test_p_counts_all_orders(points: int) -> None:
    def score(series: tuple[float, ...]) -> int:
        return sum(1 if a < b else -1 for a, b in combinations(series, 2))

    scores = Counter(score(order) for order in permutations(range(points)))
    for falls in range(math.comb(points, 2) + 1):
        told, p = trend.mann_kendall(with_falls(points, falls))
        assert told == math.comb(points, 2) - 2 * falls
        as_far = sum(n for other, n in scores.items() if abs(other) >= abs(told))
        assert p == pytest.approx(as_far / math.factorial(points), rel=1e-14)


@pytest.mark.parametrize(
    "series", [(1, 2, 2, 3, 4, 5, 6), (1, 1, 1, 2, 2, 3, 3), (3, 1, 1, 1, 2, 1, 1), (2, 2, 1, 1, 3)]
)
def test_in_long_series_ties_take_the_variance_of_all_orders(series: tuple[int, ...]) -> None:
    def score(values: tuple[int, ...]) -> int:
        return sum((a < b) - (a > b) for a, b in combinations(values, 2))

    spread = math.sqrt(statistics.pvariance([score(order) for order in permutations(series)]))
    distance = max(abs(score(series)) - 1, 0) / spread
    ties = [size for size in Counter(series).values() if size > 1]
    p = trend._normal(score(series), len(series), ties)
    assert p == pytest.approx(2 * statistics.NormalDist().cdf(-distance), rel=1e-9)


def test_a_long_series_goes_on_where_the_exact_distribution_ends() -> None:
    for falls in (450, 500, 550, 600):
        exact = 2 * tail(51, falls)
        assert trend.mann_kendall(with_falls(51, falls))[1] == pytest.approx(exact, abs=0.002)
        assert trend.mann_kendall(with_falls(50, falls))[1] == pytest.approx(2 * tail(50, falls), rel=1e-12)


def tail(points: int, falls: int) -> float:
    """Probability of so few falling pairs or fewer, multiplied up as a polynomial."""
    orders = np.ones(1)
    for new in range(2, points + 1):
        orders = np.convolve(orders, np.full(new, 1 / new))
    return float(orders[: falls + 1].sum())


@few_examples
@given(st.lists(st.integers(0, 9), min_size=5, max_size=30))
def test_a_trend_turns_with_the_series(values: list[int]) -> None:
    score, p = trend.mann_kendall(values)
    assert trend.mann_kendall(values[::-1]) == (-score, p)
    assert trend.mann_kendall([value / 7 + 3 for value in values]) == (score, p)
    assert 0 < p <= 1
    assert trend.direction(values) == -trend.direction(values[::-1])


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 2, 3, 4, 5], 1), ([5, 4, 3, 2, 1], -1), ([1, 2, 3, 5, 4], 0), ([3, 3, 3, 3, 3], 0), ([1, 5, 2, 4, 3], 0)],
)
def test_a_direction_is_told_when_it_is_certain(values: list[float], expected: int) -> None:
    assert trend.direction(values) == expected
    assert trend.direction(values, alpha=0.001) == 0


def test_all_equal_and_level_series_have_p_1() -> None:
    assert trend.mann_kendall([3, 3, 3, 3, 3]) == (0, 1)
    assert trend.mann_kendall([1, 4, 5, 2, 3])[1] == pytest.approx(98 / 120)  # S = 2: only S = 0, 22 orders, is nearer
    assert trend.mann_kendall([2, 5, 3, 1, 4]) == (0, 1)


@pytest.mark.parametrize("values", [[], [1, 2, 3, 4], [1, 2, NAN, 4, 5], [None, 1, 2, 3, 4, 5]])
def test_a_trend_refuses_few_points_and_gaps(values: list[float]) -> None:
    for method in (trend.mann_kendall, trend.direction):
        with pytest.raises(ValueError, match=r"\.$"):
            method(values)


# XmR

# NIST/SEMATECH e-Handbook of statistical methods, 6.3.2.2: flow rate
NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# viscosity: D. C. Montgomery, Introduction to statistical quality control, 4th edition (2000), page 242, as in R's qcc
VISCOSITY = [33.75, 33.05, 34, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33, 33.54, 33.12, 33.84]


def test_limits_are_those_of_the_published_examples() -> None:
    nist, viscosity = xmr.limits(NIST, least=10), xmr.limits(np.array(VISCOSITY))
    assert (nist.centre, nist.lower, nist.upper) == pytest.approx((50.81, 45.8159, 55.8041), abs=0.00005)
    assert (viscosity.centre, viscosity.lower, viscosity.upper) == pytest.approx(
        (33.52333, 32.24484, 34.80183), abs=0.00001
    )
    assert xmr.signals(VISCOSITY) == ()
    assert round(xmr.SCALE, 2) == 2.66


def plain_signals(values: list[int]) -> list[tuple[int, str]]:
    """The rules in plain loops and whole fractions, where on a line is on a line."""
    n = len(values)
    centre = Fraction(sum(values), n)
    moved = Fraction(sum(abs(values[i] - values[i - 1]) for i in range(1, n)), n - 1)
    half = Fraction(3000, 1128) * moved
    found = set()
    for i, value in enumerate(values):
        if not centre - half <= value <= centre + half:
            found.add((i, 0))
        for start in range(max(0, i - 7), min(i, n - 8) + 1):
            eight = values[start : start + 8]
            if all(v > centre for v in eight) or all(v < centre for v in eight):
                found.add((i, 1))
        for start in range(max(0, i - 3), min(i, n - 4) + 1):
            four = values[start : start + 4]
            for side in (1, -1):
                near = [side * (v - centre) > half / 2 for v in four]
                if sum(near) >= 3 and near[i - start]:
                    found.add((i, 2))
    return [(i, ("outside", "run", "near")[rule]) for i, rule in sorted(found)]


@examples(150)
@given(
    st.lists(st.integers(0, 6), min_size=12, max_size=40)
    | st.lists(st.integers(-90, 900), min_size=12, max_size=20)
    | st.lists(st.integers(0, 2), min_size=6, max_size=12).map(lambda x: [*x, *(v + 3 for v in x)])
)
def test_signals_are_those_of_plain_loops(values: list[int]) -> None:
    assert list(xmr.signals(values)) == plain_signals(values)
    tenths = [value / 10 for value in values]  # what rounds is on the same lines
    assert xmr.signals(tenths) == xmr.signals(values)
    assert xmr.signals([-value for value in values]) == xmr.signals(values)


FLAT = [5, 6] * 8


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (FLAT, []),
        ([0.1] * 12, []),
        ([*FLAT, 12], [(16, "outside")]),
        ([0, 1] * 4 + [4, 5] * 4, [*((i, "run") for i in range(16))]),
        ([3, 1, 3, 1, 1, 3, 1, 3, -3, -1, -3, -1, -1, -3, -1, -3], [(i, "run") for i in range(16)]),
        # the same with one of the eight on the centre
        ([3, 1, 3, 1, 0, 3, 1, 3, -3, -1, -3, -1, 0, -3, -1, -3], []),
        # limits 0 ± 2.50: three of four beyond 1.25, and the one between them is no signal
        (
            [0, 0, 0, 0, 2, 2, 0, 2, 0, 0, -2, -2, 0, -2, 0, 0, 0, 0],
            [(i, "near") for i in (4, 5, 7, 10, 11, 13)],
        ),
    ],
)
def test_signals_of_series_made_for_them(values: list[float], expected: list[tuple[int, str]]) -> None:
    assert list(xmr.signals(values)) == expected


def test_the_floor_lifts_only_the_lower_limit() -> None:
    counts = [0, 3] * 8
    free, lifted = xmr.limits(counts), xmr.limits(counts, floor=0)
    assert free.lower < 0
    assert lifted == xmr.Limits(free.centre, 0, free.upper)
    assert xmr.limits(VISCOSITY, floor=0) == xmr.limits(VISCOSITY)


@pytest.mark.parametrize("values", [[1.0] * 11, [], [*VISCOSITY, NAN]])
def test_an_xmr_refuses_few_points_and_gaps(values: list[float]) -> None:
    for method in (xmr.limits, xmr.signals):
        with pytest.raises(ValueError, match=r"\.$"):
            method(values)
    with pytest.raises(ValueError, match="at least 2 points"):
        xmr.limits([1.0], least=0)


# spine


def test_the_comparator_is_in_the_middle_and_the_farther_end_fills_its_side() -> None:
    found = spine([10, 20, 30, 40, 50], own=10, comparator=40)
    assert found is not None
    assert (found.low, found.high, found.at) == (0, pytest.approx(0.5 + 10 / 60), 0)
    assert (found.quarter, found.three_quarters) == (pytest.approx(0.5 - 20 / 60), 0.5)


@given(st.lists(st.floats(0, 100), min_size=4, max_size=20), st.floats(0, 100), st.booleans())
def test_a_spine_lies_within_its_ends_and_can_be_turned(values: list[float], comparator: float, turned: bool) -> None:
    found = spine(values, values[0], comparator, turned=turned)
    if found is None:
        assert max(abs(v - comparator) for v in values) == 0
        return
    assert -1e-9 <= found.low <= found.quarter + 1e-9
    assert found.quarter <= found.three_quarters + 1e-9
    assert found.three_quarters <= found.high + 1e-9
    assert found.high <= 1 + 1e-9
    other = spine(values, values[0], comparator, turned=not turned)
    assert other is not None
    assert other.at == pytest.approx(1 - found.at)


def test_three_values_make_no_spine() -> None:
    assert spine([1, 2, 3], 1, 2) is None
