#!/usr/bin/env bash
# Times `equipoise` beside the `coopgame` command on the same generated games, run by run in
# turn, compares their answers, and prints CPU seconds (the least of the runs) and ratios.
#
#     cargo build --release && benches/peers/coopgame.sh [RUNS]
#
# Whole commands are timed, reading and printing included. What equipoise prints it has solved
# for in fractions and checked; coopgame answers in floats, but for `exact`. A command that
# takes longer than LIMIT seconds (default 120) is stopped. COOPGAME names a command that is
# there already, EQUIPOISE another build; FOLDER (a temporary one) is where things are built.
set -euo pipefail
export LC_ALL=C

version=0.3.1
runs=${1:-3}
limit=${LIMIT:-120}
root=$(cd "$(dirname "$0")/../.." && pwd)
equipoise=${EQUIPOISE:-$root/target/release/equipoise}
folder=${FOLDER:-$(mktemp -d)}
mkdir -p "$folder"

if [ ! -x "$equipoise" ]; then
    echo "$equipoise is not there: cargo build --release" >&2
    exit 2
fi
coopgame=${COOPGAME:-}
if [ -z "$coopgame" ]; then
    CARGO_TARGET_DIR=$folder/target cargo install --quiet coopgame --version "$version" \
        --features cli --locked --root "$folder/root"
    coopgame=$folder/root/bin/coopgame
fi

# A game as both read it: values in the order of bits, and a table of bitmasks.
game() { # name players formula
    awk -v n="$2" -v kind="$3" -v table="$folder/$1.csv" -v lines="$folder/$1.txt" '
        # A linear congruence whose products stay exact in floats (Park & Miller 1988).
        function random() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
        BEGIN {
            seed = 20260; total = 0
            for (i = 0; i < n; i++) { weight[i] = 1 + int(random() * 20); total += weight[i] }
            print "coalition,value" > table
            count = 2 ^ n
            sum[0] = 0; size[0] = 0; at = 1
            for (i = 0; i < n; i++) {
                for (low = 0; low < 2 ^ i; low++) {
                    sum[at] = sum[low] + weight[i]
                    at++
                }
            }
            for (s = 1; s < count; s++) {
                if (kind == "uniform") v = int(random() * 1000000)
                else if (kind == "squared") v = sum[s] * sum[s]
                else v = (2 * sum[s] > total) ? 1 : 0
                print s "," v > table
                print v > lines
            }
            if (kind == "majority") {
                weights = table; sub(/\.csv$/, "-weights.csv", weights)
                print "player,weight" > weights
                for (i = 0; i < n; i++) print i + 1 "," weight[i] > weights
            }
        }'
}

# The CPU seconds of a command, whose output goes to a file; `-` if it failed.
cpu() { # output command…
    local output=$1 spent
    shift
    TIMEFORMAT='%U %S'
    if spent=$( { time timeout "$limit" "$@" > "$output" 2> "$output.errors"; } 2>&1 ); then
        echo "$spent" | awk '{ printf "%.3f", $1 + $2 }'
    else
        echo -
    fi
}

least() { # a b
    awk -v a="$1" -v b="$2" 'BEGIN { print (a == "-" || (b != "-" && b < a)) ? b : a }'
}

# Whether the numbers agree, to a millionth of the largest.
agree() { # ours theirs
    paste "$1" "$2" | awk '
        function value(text,  parts) { return split(text, parts, "/") == 2 ? parts[1] / parts[2] : text + 0 }
        NF != 2 { bad = 1 }
        { a = value($1); b = value($2); d = a > b ? a - b : b - a
          if (d > worst) worst = d
          m = a < 0 ? -a : a; if (m > most) most = m }
        END { print (NR == 0 || bad) ? "not compared" : (worst <= 1e-6 * (most > 0 ? most : 1)) ? "agree" : "DIFFER" }'
}

row() { # label concept file-for-us flags… -- their arguments…
    local label=$1 concept=$2 file=$3 ours=- theirs=- flags=()
    shift 3
    while [ "$1" != -- ]; do flags+=("$1"); shift; done
    shift
    for _ in $(seq "$runs"); do
        ours=$(least "$(cpu "$folder/ours" "$equipoise" coalition "$file" --solve "$concept" \
            --format csv "${flags[@]}")" "$ours")
        theirs=$(least "$(cpu "$folder/theirs" "$coopgame" "$@")" "$theirs")
    done
    awk -F, -v concept="$concept" '$1 == concept { print $3 }' "$folder/ours" > "$folder/ours.numbers"
    awk '{ print $1 }' "$folder/theirs" > "$folder/theirs.numbers"
    local said=-
    if [ "$ours" != - ] && [ "$theirs" != - ]; then
        said=$(agree "$folder/ours.numbers" "$folder/theirs.numbers")
    fi
    awk -v label="$label" -v a="$ours" -v b="$theirs" -v said="$said" 'BEGIN {
        ratio = (a == "-" || b == "-") ? "-" : sprintf("%.1f", b / (a > 0.001 ? a : 0.001))
        printf "%-42s %10s %10s %8s  %s\n", label, a, b, ratio, said }'
}

printf '%-42s %10s %10s %8s  %s\n' "CPU seconds, least of $runs" equipoise coopgame ratio answers
for n in 8 10; do
    game "u$n" "$n" uniform
    row "prenucleolus, exact, uniform, n = $n" prenucleolus "$folder/u$n.csv" --exact -- \
        nucleolus "$folder/u$n.txt" --pre --exact
done
for n in 12 15 18 20; do
    game "u$n" "$n" uniform
    row "prenucleolus, uniform, n = $n" prenucleolus "$folder/u$n.csv" -- \
        nucleolus "$folder/u$n.txt" --pre
done
for n in 12 16; do
    game "s$n" "$n" squared
    row "prenucleolus, w(S)^2, n = $n" prenucleolus "$folder/s$n.csv" -- \
        nucleolus "$folder/s$n.txt" --pre
done
for n in 12 16 20; do
    game "m$n" "$n" majority
    row "prenucleolus, weighted majority, n = $n" prenucleolus "$folder/m$n-weights.csv" \
        --quota '>50%' -- nucleolus "$folder/m$n.txt" --pre
done
row "Shapley value, uniform, n = 20" shapley "$folder/u20.csv" -- shapley "$folder/u20.txt"
