#!/bin/sh
# Lets llama.cpp load a model and render one chat turn, without the model's weights; prints all that llama.cpp says, and
# in the last line how it ended. Arguments: each file of the model, the first of its parts first, and where the weights
# in it begin, in bytes.
set -eu
first=/run/outline/${1##*/}
seconds=120 addresses=$((3 << 30)) output=$((16 << 20)) sizes=0 headers=0

at=0
for word in "$@"; do
  at=$((at + 1))
  [ $((at % 2)) -eq 1 ] || headers=$((headers + word))
done

# The same header before a hole of the same length: on a file system this small, no page of weights can be read or kept
# in memory, however large the model is. llama.cpp maps the weights and needs none of them before the first token.
mkdir /run/outline
mount -t tmpfs -o "mode=700,size=$((headers / 1024 + 128 * $#))k" outline /run/outline
while [ $# -gt 0 ]; do
  outline=/run/outline/${1##*/}
  head --bytes="$2" "$1" > "$outline"
  size=$(stat --format=%s "$1")
  truncate --size="$size" "$outline"
  sizes=$((sizes + size))
  shift 2
done

cd /run
status=0
GGML_NO_BACKTRACE=1 prlimit --core=0 --as=$((sizes + addresses)) --fsize="$output" \
  timeout --kill-after=5 "$seconds" python3 /inputs/programs/llama-completion.py \
  --model "$first" --load-mode mmap --no-repack --fit off --no-warmup --offline --log-verbosity 4 \
  --threads 1 --threads-batch 1 --ctx-size 256 --batch-size 32 --ubatch-size 32 \
  --jinja --conversation --single-turn --predict 0 --verbose-prompt --prompt 'How are you?' > said 2>&1 < /dev/null || status=$?
# The program that was to ask llama.cpp could not.
if [ "$status" -eq 69 ]; then cat said >&2; exit 69; fi
cat said
echo "ended with status $status"
