"""The plain stack that figures are compared with: what a LangChain tutorial builds over the same files.

RecursiveCharacterTextSplitter (500 characters, 50 of overlap), HuggingFaceEmbeddings on torch, Chroma with its
defaults, the five nearest pieces. It finds; it does not answer, check or cite.

    python -m benchmarks.plain build CORPUS INDEX
    python -m benchmarks.plain ask INDEX QUESTION
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings

MOST = 5
_NAME = "plain"


def build(corpus: Path, index: Path, *, size: int = 500) -> int:
    """Embed a folder of Markdown into Chroma, in pieces of up to ``size`` characters, and return their number."""
    from langchain_chroma import Chroma

    found = pieces(corpus, size)
    Chroma.from_documents(found, _embeddings(), collection_name=_NAME, persist_directory=str(index))
    return len(found)


def pieces(corpus: Path, size: int) -> list[Document]:
    """Return a folder of Markdown in pieces of up to ``size`` characters, of which a tenth overlaps."""
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    files = [Document(path.read_text("utf-8"), metadata={"source": str(path)}) for path in sorted(corpus.rglob("*.md"))]
    return RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=size // 10).split_documents(files)


def warm_up() -> None:
    """Load the libraries and the model, which a measured build is not to be charged for."""
    _embeddings().embed_query("a question")


def open_index(index: Path) -> Chroma:
    """Return the LangChain vector store of an index."""
    from langchain_chroma import Chroma

    return Chroma(collection_name=_NAME, persist_directory=str(index), embedding_function=_embeddings())


def search(store: Chroma, question: str) -> list[str]:
    """Return the nearest pieces to a question."""
    return [found.page_content for found in store.similarity_search(question, k=MOST)]


@cache
def _embeddings() -> Embeddings:
    from langchain_huggingface import HuggingFaceEmbeddings

    from ingest.embed.models import locate
    from ingest.settings import SHIPPED_MODEL

    return HuggingFaceEmbeddings(
        model_name=str(locate(SHIPPED_MODEL)),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True},
    )


def main() -> None:
    """Build or ask, as the arguments say."""
    if sys.argv[1] == "build":
        print(build(Path(sys.argv[2]), Path(sys.argv[3])), "pieces")
    else:
        print("\n\n".join(search(open_index(Path(sys.argv[2])), sys.argv[3])))


if __name__ == "__main__":
    main()
