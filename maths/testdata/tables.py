#!/usr/bin/env python3
"""Makes tables.csv: arguments and values of the functions of package maths.

Needs mpmath (any version): python3 tables.py > tables.csv
Values are those of the argument as the double that it is, computed with 50
digits and written with 25. With --zeta it prints the constants of series.go.
"""

import random
import sys
from fractions import Fraction

import mpmath

mpmath.mp.dps = 50


def near(x, rng, width=0.05, n=60):
    """Arguments about x: close by, and closer and closer."""
    close = [x + s * 10.0**-k for k in range(1, 17) for s in (-1, 1)]
    return close + [x + rng.uniform(-width, width) for _ in range(n)]


def positive(rng):
    """Arguments of what is defined for x > 0."""
    smallest, largest = 5e-324, sys.float_info.max
    xs = [smallest, 3 * smallest, 1e-310, sys.float_info.min, largest, largest / 2]
    xs += [10.0**k for k in range(-307, 309, 7)]
    xs += [rng.uniform(0, 3) for _ in range(80)]
    xs += [rng.uniform(2, 40) for _ in range(120)]
    xs += [2.0**rng.uniform(-1000, 1000) for _ in range(60)]
    for limit in (0.5, 1.5, 2.5, 12.0):
        xs += near(limit, rng, n=4)
    for zero in (1.0, 2.0, 1.4616321449683623):
        xs += near(zero, rng)
    return xs


def signed(rng):
    """Arguments of the exponential."""
    xs = [0.0, 709.78, -708.39, -745.1, 1e-300, -5e-324]
    xs += [rng.uniform(-745, 709.7) for _ in range(150)]
    xs += [rng.uniform(-2, 2) for _ in range(100)]
    return xs + near(0.0, rng, n=20)


def digamma(x):
    return mpmath.psi(0, x)


# The arguments beyond which a value has no double are left to the tests.
FUNCTIONS = {
    "Exp": (mpmath.exp, signed, lambda x: True),
    "Log": (mpmath.log, positive, lambda x: True),
    "Lgamma": (mpmath.loggamma, positive, lambda x: x < 2.5e305),
    "Digamma": (digamma, positive, lambda x: x > 6e-309),
}


def exact(x):
    f = Fraction(x)
    return mpmath.mpf(f.numerator) / f.denominator


def table():
    rng = random.Random(1)
    print("function,x,value")
    for name, (f, arguments, has_value) in FUNCTIONS.items():
        for x in sorted(set(filter(has_value, arguments(rng)))):
            print(f"{name},{x!r},{mpmath.nstr(f(exact(x)), 25)}")


def zeta():
    for k in range(2, 33):
        print(f"{mpmath.nstr(mpmath.zeta(k) - 1, 20)},")
    print("1 - Euler's constant:", mpmath.nstr(1 - mpmath.euler, 20))


if __name__ == "__main__":
    zeta() if "--zeta" in sys.argv else table()
