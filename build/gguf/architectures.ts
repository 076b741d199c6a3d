/**
 * Text models that llama.cpp runs: values of `general.architecture` that an image may carry. Vision
 * projectors (`clip`), audio codecs and draft heads are left out, as llama-server cannot serve them alone.
 * Source: MODEL_ARCH_NAMES in llama.cpp's gguf-py.
 */
export const architectures: ReadonlySet<string> = new Set(
  `
  llama llama4 deci arcee mistral3 mistral4 smollm3 apertus seed_oss grok dbrx jamba jais jais2 plm
  qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe
  gemma gemma2 gemma3 gemma3n gemma4 gemma-embedding
  phi2 phi3 phimoe
  granite granitemoe granitehybrid
  deepseek deepseek2 deepseek2-ocr deepseek32 deepseek4 dots1 kimi-linear
  chatglm glm4 glm4moe glm-dsa
  gpt-oss gpt2 gptneox mpt bloom refact starcoder starcoder2 codeshell
  command-r cohere2 cohere2moe
  olmo olmo2 olmoe openelm
  falcon falcon-h1 stablelm baichuan internlm2 xverse orion minicpm minicpm3 plamo plamo2 plamo3
  mamba mamba2 rwkv6 rwkv6qwen2 rwkv7 arwkv7
  nemotron nemotron_h nemotron_h_moe
  exaone exaone4 exaone-moe
  bailingmoe bailingmoe2 ernie4_5 ernie4_5-moe pangu-embedded
  hunyuan-moe hunyuan-dense hunyuan_vl
  lfm2 lfm2moe smallthinker grovemoe arctic afmoe step35 mimo2 minimax-m2 minimax-m3 cogvlm chameleon bitnet
  dream llada llada-moe rnd1 maincoder
  bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert llama-embed
  t5 t5encoder
  `
    .trim()
    .split(/\s+/),
);
