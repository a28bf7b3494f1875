"""Column names that frames, sheets and tables share: each name is written here once."""

# Ratings, one row a number that one rater gave (long form).
RATER = "rater"
ITEM = "item"
CRITERION = "criterion"
VALUE = "value"

# The summary of an assessment, one row an item; the pooled criteria stand under their own keys.
SCORE = "score"
PRODUCT_OF_MEANS = "product_of_means"
RANK = "rank"
N = "n"
SKIPPED = "skipped"
SPREAD = "spread"
AGREEMENT = "agreement"
DISSENT = "dissent"
RULES = "rules"

# Rank intervals, one row an item.
LOW = "low"
HIGH = "high"
TOP5 = "top5"

# Two values of an item held against each other, such as those of two parties.
ONE = "one"
OTHER = "other"
GAP = "gap"

# Two rounds, one row an item.
SCORE_BEFORE = "score_before"
SCORE_AFTER = "score_after"
RANK_BEFORE = "rank_before"
RANK_AFTER = "rank_after"
MOVED = "moved"

# What to talk about, one row an item.
WEIGHT = "weight"
DISTANCE = "distance"

# Answer sheets, one row for all raters who answered an item alike; the answers stand under the criteria's own keys.
UNKNOWN = "unknown"
RATERS = "raters"

# A cost shared by several models, one row a model and municipality.
MODEL = "model"
MUNICIPALITY = "municipality"
KRONER = "kroner"
PERCENT = "percent"
PER_INHABITANT = "per_inhabitant"
CHANGE = "change"
OUTCOME = "outcome"
SAVING = "saving"

# Costs and gains over the years, one row a municipality and year, and one row a municipality.
YEAR = "year"
HUMP = "hump"
RUNNING = "running"
GAIN = "gain"
NET = "net"
CUMULATIVE = "cumulative"
PRESENT_VALUE = "present_value"
BREAK_EVEN_YEAR = "break_even_year"
