#!/usr/bin/env python3
"""Makes the two tiny models of this folder, the vectors that `transformers` computes with them, and
arrays as numpy writes them.

    pip install torch transformers tokenizers safetensors numpy
    python make.py

`bert/` is laid out like bge-*-zh (WordPiece, CLS pooling named in modules.json), `xlm-roberta/` like
multilingual-e5 and bge-m3 in the larger sizes (Unigram, mean pooling in 1_Pooling/config.json, the
weights under `roberta.` as a masked-language model saves them). The weights are random and seeded;
`expected.json` holds, for every text, the vectors before L2 normalisation. Texts are run one by one,
without padding, so that they also check what the reader makes of padded batches.
"""

import json
from pathlib import Path

import numpy
import torch
import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertModel,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForMaskedLM,
)

HERE = Path(__file__).resolve().parent
HAN = "焊接裂纹扩散氢低温高强钢工艺涂层传感控制仿真检测节能废水处理海参育苗碳纤维复合材料催化剂轴承振动"
TEXTS = [
    "低温高强钢焊接裂纹",
    "query: 扩散氢",
    "MAG焊后纵缝偶发延迟裂纹，冲击-40℃只有18J",
    "碳纤维 composite 材料 coating",
    "",
    "海",
    "催化剂 catalyst 轴承振动检测 sensor 废水处理 water treatment 节能控制仿真 simulation of 海参育苗",
    "ＰＴＦＥ 涂层",
]
MAX_TOKENS = 24
SHAPE = dict(
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=64,
    hidden_dropout_prob=0.0,
    attention_probs_dropout_prob=0.0,
)


def scatter(model, seed):
    """Random parameters wide enough that every layer, bias and norm leaves its mark."""
    torch.manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.normal_(std=0.25)
            if "LayerNorm.weight" in name or "layer_norm.weight" in name:
                parameter.add_(1.0)
    return model.eval()


def bert_tokenizer():
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(HAN)]
    words += ["：", "，", ":", "-", "query", "mag", "co", "##at", "##ing", "##o", "##p", "##t", "##f", "##e", "c", "p"]
    words += ["water", "sensor", "18", "##j", "40"]
    tokenizer = Tokenizer(models.WordPiece({word: id for id, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, handle_chinese_chars=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens(words[:5])
    return tokenizer, len(words)


def xlm_roberta_tokenizer():
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    single = ["▁", *dict.fromkeys(HAN), *"acdeimnorstu", ":", ",", "P", "T", "F", "E", "M", "A", "G", "1", "8"]
    pieces += [(piece, -8.0 - 0.01 * index) for index, piece in enumerate(single)]
    pieces += [("▁query", -5.0), ("焊接", -6.0), ("裂纹", -6.1), ("碳纤维", -6.2), ("water", -7.0), ("▁co", -6.5)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer, len(pieces)


def expected(folder, encoder):
    """CLS and mean vectors of TEXTS by the saved model in `folder`."""
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
    rows = {"cls": [], "mean": [], "tokens": []}
    for text in TEXTS:
        ids = tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]
        with torch.no_grad():
            states = encoder(input_ids=torch.tensor([ids])).last_hidden_state[0].double().numpy()
        rows["cls"].append([round(float(x), 7) for x in states[0]])
        rows["mean"].append([round(float(x), 7) for x in states.mean(axis=0)])
        rows["tokens"].append(ids)
    return rows


def write(name, model, tokenizer, saved_by):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    model.save_pretrained(folder, safe_serialization=True)
    (folder / "generation_config.json").unlink(missing_ok=True)
    encoder = saved_by.from_pretrained(folder).eval()
    rows = expected(folder, getattr(encoder, "roberta", encoder))
    numpy.testing.assert_equal(len(rows["cls"]), len(TEXTS))
    listing = {"transformers": transformers.__version__, "max_tokens": MAX_TOKENS, "texts": TEXTS, **rows}
    (folder / "expected.json").write_text(json.dumps(listing, ensure_ascii=False) + "\n", encoding="utf-8")


def pooling(folder, modules, **modes):
    (folder / "1_Pooling").mkdir(exist_ok=True)
    config = {"word_embedding_dimension": 32, **modes}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    if modules:
        (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")


def arrays():
    """Arrays of the values 0.0, 0.5, 1.0, … in every form that a caller may have saved."""
    folder = HERE / "npy"
    folder.mkdir(exist_ok=True)
    matrix = (numpy.arange(12, dtype=numpy.float32) / 2).reshape(3, 4)
    numpy.save(folder / "float32.npy", matrix)
    numpy.save(folder / "big_endian.npy", matrix.astype(">f4"))
    numpy.save(folder / "float64.npy", matrix.astype("float64"))
    numpy.save(folder / "fortran.npy", numpy.asfortranarray(matrix))
    numpy.save(folder / "one_dimension.npy", matrix[0])
    numpy.save(folder / "one_row.npy", numpy.asfortranarray(matrix[:1]))
    numpy.save(folder / "no_rows.npy", matrix[:0])


def main():
    arrays()
    tokenizer, size = bert_tokenizer()
    config = BertConfig(vocab_size=size, max_position_embeddings=40, **SHAPE)
    write("bert", scatter(BertModel(config, add_pooling_layer=False), 1), tokenizer, BertModel)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    pooling(HERE / "bert", modules, pooling_mode_cls_token=True, pooling_mode_mean_tokens=False)

    tokenizer, size = xlm_roberta_tokenizer()
    # Positions start at pad_token_id + 1 = 2 here, so 42 of them carry 40 tokens.
    config = XLMRobertaConfig(
        vocab_size=size, max_position_embeddings=42, type_vocab_size=1, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        layer_norm_eps=1e-5, **SHAPE,
    )
    write("xlm-roberta", scatter(XLMRobertaForMaskedLM(config), 2), tokenizer, XLMRobertaForMaskedLM)
    pooling(HERE / "xlm-roberta", None, pooling_mode_cls_token=False, pooling_mode_mean_tokens=True)


if __name__ == "__main__":
    main()
