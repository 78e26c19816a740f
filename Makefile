# Each target is a line that you could type yourself, in the environment that uv.lock describes.

# Your own uv where it is new enough to read pyproject.toml, else one for this project alone.
UV := $(shell uv version --short >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)
RUN := $(UV) run --frozen --no-sync
ASSIGNMENTS = $(notdir $(patsubst %/,%,$(wildcard source/*/)))

# Trust what the machine trusts: a network may have a certificate authority of its own.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem),)
export UV_SYSTEM_CERTS ?= 1
endif

# Whatever is active in your shell stays out of the environment.
unexport PYTHONHOME PYTHONPATH UV_PROJECT_ENVIRONMENT VIRTUAL_ENV

# BEGIN INSTRUCTORS
# What students get: no solution, no hidden test, no tests of the tests.
STUDENT_FILES = .ci/install_uv.py .gitattributes .gitignore LICENSE LICENSE-CC-BY-4.0.txt Makefile README.md \
	course environment.yml examiner lesson_tools nbgrader_config.py pyproject.toml release requirements.txt uv.lock
# END INSTRUCTORS

.PHONY: help demo lab start reset progress update grade test bench check release student-package lock

help: ## List what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

# BEGIN INSTRUCTORS
demo: .venv/synced ## Grade a sample class in a scratch folder and show the result
	$(RUN) python -m tests.sample_class
# END INSTRUCTORS

lab: .venv/synced ## Open the course in JupyterLab, in your own copies; options: PORT=8890 ALLOW_ROOT=1
	@$(RUN) examiner renew --quiet
	@echo "JupyterLab opens in your browser, at lesson 00. If it does not, copy the address below into it. To end: Ctrl+C, here."
	@$(RUN) jupyter lab --KernelManager.transport_encryption=auto --FileContentsManager.preferred_dir=my --LabApp.default_url=/lab/tree/my/lessons/00_start_here.ipynb --Application.log_level=ERROR $(if $(PORT),--ServerApp.port=$(PORT)) $(if $(ALLOW_ROOT),--allow-root)

start: .venv/synced ## Lay your copy of an assignment into my/, for example ASSIGNMENT=ps1_rnn_cell
	@$(RUN) examiner start $(or $(ASSIGNMENT),$(error Which one? For example: make start ASSIGNMENT=ps1_rnn_cell))

reset: .venv/synced ## Begin an assignment or a lesson anew; the old work is kept
	@$(RUN) examiner reset $(or $(ASSIGNMENT),$(LESSON),$(error Which one? For example: make reset ASSIGNMENT=ps1_rnn_cell, or LESSON=05_lstm))

# BEGIN INSTRUCTORS
progress: .venv/synced ## Say what you have solved, and which lesson mends what is wrong
	@$(RUN) examiner progress
# END INSTRUCTORS

update: ## Bring the newest course; your own copies in my/ stay as they are
	@git pull --ff-only || { echo "Nothing was changed. If Git names files above: save what you want to keep of them under another name, then git restore course release"; exit 1; }
	@$(MAKE) --no-print-directory .venv/synced
	@$(RUN) examiner renew

# BEGIN INSTRUCTORS
grade: .venv/synced ## Grade one assignment, for example ASSIGNMENT=ps1_rnn_cell
	$(RUN) python -m examiner grade $(or $(ASSIGNMENT),$(error Which one? For example: make grade ASSIGNMENT=ps1_rnn_cell))

test: .venv/synced ## Run all tests
	$(RUN) pytest --numprocesses 2 --dist loadfile

bench: .venv/synced ## Measure grading against stock nbgrader, a quarter of an hour
	$(RUN) python -m tests.benchmark

check: .venv/synced ## Strip outputs, format, lint, check spelling (repairs what it can)
	$(RUN) pre-commit run --all-files

release: .venv/synced ## Build the student versions in release/ from source/
	for assignment in $(ASSIGNMENTS); do $(RUN) nbgrader generate_assignment --force $$assignment || exit 1; done

student-package: .venv/synced ## Write the course for students into student-package/, to publish
	$(RUN) python -m examiner student-package student-package $(STUDENT_FILES)

lock: | $(UV) ## Write uv.lock and requirements.txt anew after a change of pyproject.toml
	$(UV) lock
	$(UV) export --quiet --frozen --no-dev --no-hashes --no-annotate --no-emit-project --output-file requirements.txt
# END INSTRUCTORS

# The environment, built anew only when a dependency changes.
.venv/synced: pyproject.toml uv.lock | $(UV)
	@echo "Setting up the environment in .venv/: 2.8 GB on the disk. The first time about 1 GB is downloaded, which takes some minutes ..."
	@$(UV) sync --frozen --compile-bytecode || { $(UV) python find $(UV_PYTHON) >/dev/null 2>&1 || echo "There is no Python $(or $(UV_PYTHON),from 3.11 to 3.13) here that works. Install one, or say where it is: UV_PYTHON=/path/to/python3 make lab"; exit 1; }
	@$(RUN) jupyter labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements 2>/dev/null
	@touch $@

.uv/bin/uv: .ci/install_uv.py
	python3 .ci/install_uv.py
