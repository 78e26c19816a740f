"""A notebook as the editor of VS Code saves it."""

import json
from pathlib import Path


def save_as_vs_code(path: Path):
    """Write a notebook anew, as `extensions/ipynb/src/serializers.ts` of VS Code does.

    Cells keep their metadata and their ids. A cell whose language is not the notebook's gets it
    noted; without a kernel that is every code cell. Keys are sorted. Of two new cells one has an
    id, as today, and one has none, as older versions wrote it.
    """
    saved = json.loads(path.read_text(encoding="utf-8"))
    for cell in saved["cells"]:
        if cell["cell_type"] == "code":
            cell["metadata"]["vscode"] = {"languageId": "plaintext"}
            cell["execution_count"] = None
    new = {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": []}
    saved["cells"].insert(1, new | {"id": "1f0a9c3e", "source": ["scratch = 1\n", "scratch"]})
    saved["cells"].append(new | {"source": []})
    saved["metadata"]["kernelspec"] = {
        "display_name": ".venv",
        "language": "python",
        "name": "python3",
    }
    saved["metadata"]["language_info"] = {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.11.7",
    }
    text = json.dumps(saved, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
