# make run   builds heshu and runs the nightly job over the bundled fixtures
# make test  runs the tests
# make check is what CI runs: formatting, vet, staticcheck, generated files, tests with -race, the README's commands

TAGS    := ne
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO      := go

.PHONY: build run test check generate fixtures bench fuzz clean

build:
	@$(GO) build -trimpath -tags $(TAGS) -ldflags "-s -w -X main.version=$(VERSION)" -o bin/heshu ./cmd/heshu

# The command's own codes 1 and 2 say that findings are open; only more than that is a failure of the demonstration.
run: build
	@bin/heshu run --config fixtures/zhoukou/heshu.yaml; code=$$?; test $$code -le 2

test:
	@$(GO) test -tags $(TAGS) ./...

check:
	@bash .ci/check

# Everything generated from other files in the repository: fixtures and pages of docs.
generate:
	@$(GO) generate ./...

bench:
	@$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchmem ./...

clean:
	@rm -rf bin out
