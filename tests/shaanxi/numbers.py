"""The numbers: what the article tells, what is decided beside it, and what a scale divides."""

from dataclasses import dataclass

YUAN = 100

RAISED_2020 = 807_000_000 * YUAN
RAISED_2019 = 757_040_000 * YUAN
GROWTH_PER_MILLE = 66
PROJECTS = 2_847
PEOPLE = 1_160_000
EMERGENCY, EMERGENCY_OWN = 386_000_000 * YUAN, 124_000_000 * YUAN
ONLINE = 286_000_000 * YUAN
POVERTY_RELIEF = 791_000_000 * YUAN
PILOT_COUNTIES = 28
VOLUNTEERS = 68_900
CLOTHES_GRAMS = 2_918 * 1_000_000
BRIDGES_2021 = 700

OWN_ONLINE_EMERGENCY = 34_591_600 * YUAN
OWN_GOODS_EMERGENCY = 13_360_000 * YUAN
OWN_BANK_EMERGENCY = EMERGENCY_OWN - OWN_ONLINE_EMERGENCY - OWN_GOODS_EMERGENCY
OWN_ONLINE = 160_000_000 * YUAN
OWN_GOODS = 43_000_000 * YUAN
OWN_BANK = RAISED_2020 - EMERGENCY_OWN - OWN_ONLINE - OWN_GOODS

CITIES_ONLINE_EMERGENCY = 40_000_000 * YUAN
CITIES_BANK_EMERGENCY = EMERGENCY - EMERGENCY_OWN - CITIES_ONLINE_EMERGENCY
CITIES_ONLINE = ONLINE - OWN_ONLINE_EMERGENCY - OWN_ONLINE - CITIES_ONLINE_EMERGENCY
CITIES_BANK = 60_000_000 * YUAN

REFUNDED = 1_000_000 * YUAN
"""Given online on top of it, and given back."""

TRANSFERRED = 200_000_000 * YUAN
"""From the province to its cities, which spend it: nobody may count it twice."""

SPENT_BY_CATEGORY = (180_000_000, 120_000_000, 70_000_000, 57_000_000, 30_000_000)
"""What the province itself spends in yuan, besides goods, in the order of the five categories."""

SPENT_BY_CITIES = POVERTY_RELIEF - OWN_GOODS - sum(SPENT_BY_CATEGORY) * YUAN
SPENT_EMERGENCY = 113_000_000 * YUAN - OWN_GOODS_EMERGENCY

CLOTHES_GRAMS_2019 = 2_600 * 1_000_000
VOLUNTEERS_2019 = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What is divided, and by what. Projects, counties and bridges are never: they are few, and stay whole.

    Amounts, weights and people go by a thousand in tests; volunteers by a hundred, as 68.9 people are none.
    """

    gifts: int
    amounts: int = 1
    people: int = 1
    volunteers: int = 1

    def fen(self, amount: int) -> int:
        """Divide an amount, which must come out even."""
        whole, rest = divmod(amount, self.amounts)
        assert not rest, amount
        return whole


TESTS = Scale(gifts=1_000, amounts=1_000, people=1_000, volunteers=100)
WHOLE = Scale(gifts=1_000_000)
