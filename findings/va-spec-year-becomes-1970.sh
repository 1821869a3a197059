#!/usr/bin/env bash
# The year 2024 becomes half past midnight on the first of January 1970.
#
# Expected: a date of a GA4GH contribution is a date or a time (ISO 8601); "2024" is one of a year, and is kept or
# refused.
# Seen: ga4gh.va_spec 0.4.4 reads a text of digits as seconds since 1970: "2024" becomes 1970-01-01T00:33:44Z and
# "20240601", the basic form of ISO 8601, a day in August 1970. "2024-06" is refused, "2024-06-01" is midnight without
# a zone.
# Seen on 2026-11-30 with Python 3.11.
# Why it matters: many sources know the year of an assessment only. Newest becomes oldest, and nothing fails.
# Workaround: give whole dates with a zone, and check that the year is what went in.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    ga4gh.va_spec==0.4.4

cat >ask.py <<'END'
from ga4gh.va_spec.base.core import Contribution
from pydantic import ValidationError

for date in ("2024", "20240601", "2024-06", "2024-06-01", "2024-06-01T00:00:00Z"):
    try:
        print(date, "->", Contribution(date=date).model_dump_json(include={"date"}))
    except ValidationError as error:
        print(date, "-> refused:", error.errors()[0]["type"])
END

cat >seen <<'END'
2024 -> {"date":"1970-01-01T00:33:44Z"}
20240601 -> {"date":"1970-08-23T06:23:21Z"}
2024-06 -> refused: datetime_from_date_parsing
2024-06-01 -> {"date":"2024-06-01T00:00:00"}
2024-06-01T00:00:00Z -> {"date":"2024-06-01T00:00:00Z"}
END

venv/bin/python -W ignore ask.py >now
if ! diff -u seen now; then
    echo "va-spec-year-becomes-1970: changed" >&2
    exit 1
fi
cat now
echo "va-spec-year-becomes-1970: still so"
