/**
 * Text models that llama.cpp knows: values of `general.architecture` that an image may carry. What goes
 * beside a model, as projectors and drafts, is in part.ts; speech is left out. Whether the image's llama.cpp
 * can load one of these is seen when it does.
 * Source: LLM_ARCH_NAMES in llama.cpp.
 */
export const architectures: ReadonlySet<string> = new Set(
  `
  llama llama4 llama-embed deci arcee mistral3 mistral4 smollm3 apertus seed_oss grok dbrx jamba jais jais2 plm
  qwen4exp clef qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe
  gemma gemma2 gemma3 gemma3n gemma4 gemma-embedding gemma-embedding2
  phi2 phi3 phimoe
  granite granitemoe granitehybrid graniteswitch granite_swa
  minimax-01 deepseek deepseek2 deepseek2-ocr deepseek32 deepseek4 dots1 dots3note kimi-linear kimi-k3
  chatglm glm4 glm4moe glm-dsa glm5-next
  gpt-oss gpt2 gptj gptneox mpt bloom refact starcoder starcoder2 codeshell
  command-r cohere2 cohere2moe
  olmo olmo2 olmoe openelm
  falcon falcon-h1 stablelm baichuan internlm2 xverse orion minicpm minicpm3 plamo plamo2 plamo3
  mamba mamba2 rwkv6 rwkv6qwen2 rwkv7 arwkv7
  nemotron nemotron_h nemotron_h_moe
  exaone exaone4 exaone-moe
  bailingmoe bailingmoe2 bailingmoe3 ernie4_5 ernie4_5-moe pangu-embedded
  hunyuan-moe hunyuan-dense hunyuan_vl hy_v3 hy_v4 hrm_text
  lfm2 lfm2moe smallthinker grovemoe arctic afmoe step35 mimo2 minimax-m2 minimax-m3 cogvlm chameleon bitnet
  dream llada llada-moe rnd1 maincoder maion-coder
  mellum nanbeige talkie laguna maple muse-glimmer paddleocr spark2_5 k2-horizon vllm-decision2
  bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert
  t5 t5encoder
  `
    .trim()
    .split(/\s+/),
);
