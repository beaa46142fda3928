package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "rewrite the generated parts of the documents")

var root = filepath.Join("..", "..")

// tree lists every command a user can call, in the order of the help.
func tree(c *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" {
			list = append(append(list, sub), tree(sub)...)
		}
	}
	return list
}

// generated checks that a file, or the part of it between two marks, is what the program makes today.
func generated(t *testing.T, name, begin, end, want string) {
	t.Helper()
	path := filepath.Join(root, name)
	b, err := os.ReadFile(path)
	if err != nil && !*update {
		t.Fatal(err)
	}
	before, after := "", ""
	got := string(b)
	if begin != "" {
		i := strings.Index(got, begin) + len(begin)
		j := strings.Index(got, end)
		if i < len(begin) || j < i {
			t.Fatalf("%s: want a part between %s and %s", name, begin, end)
		}
		before, got, after = got[:i], got[i:j], got[j:]
	}
	if got == want {
		return
	}
	if !*update {
		t.Errorf("%s is not what the program makes today; go test ./cmd/heshu -run TestDocuments -update rewrites it\n-want\n%s\n+got\n%s", name, want, got)
		return
	}
	if err := os.WriteFile(path, []byte(before+want+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestDocumentsNameEveryCommand: help, the README's table and docs/commands.md come from one table.
func TestDocumentsNameEveryCommand(t *testing.T) {
	t.Parallel()
	c := newRoot(strings.NewReader(""), io.Discard, io.Discard)
	c.InitDefaultCompletionCmd()
	var table, all strings.Builder
	table.WriteString("\n| command | what it does |\n| --- | --- |\n")
	all.WriteString("# Commands\n\nGenerated from the program's help; `heshu COMMAND --help` prints the same. Every command also takes `--lang zh|en` and `--quiet`.\n")
	for _, sub := range tree(c) {
		if sub.HasParent() && sub.Parent().Name() == "completion" {
			continue
		}
		fmt.Fprintf(&table, "| `%s` | %s |\n", strings.TrimSuffix(sub.UseLine(), " [flags]"), sub.Short)
		fmt.Fprintf(&all, "\n## %s\n\n%s\n", sub.CommandPath(), strings.TrimSpace(first(sub.Long, sub.Short)))
		fmt.Fprintf(&all, "\n```text\n%s\n%s```\n", sub.UseLine(), jobs.ReplaceAllString(sub.LocalFlags().FlagUsages(), ""))
		if sub.Example != "" {
			fmt.Fprintf(&all, "\nFor example:\n\n```text\n%s\n```\n", strings.TrimRight(sub.Example, "\n"))
		}
	}
	chinese, err := os.ReadFile(filepath.Join(root, "README.zh-CN.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() && sub.Name() != "help" && !strings.Contains(string(chinese), "| `"+sub.CommandPath()) {
			t.Errorf("README.zh-CN.md does not name %s", sub.CommandPath())
		}
	}
	generated(t, "README.md", "<!-- commands -->\n", "<!-- end of commands -->", table.String()+"\n")
	generated(t, "docs/commands.md", "", "", all.String())
}

// jobs is a default that depends on the machine.
var jobs = regexp.MustCompile(` \(default \d+\)`)

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// blocks returns the lines of a document's fenced blocks of one language, block by block.
func blocks(t *testing.T, name, language string) (list [][]string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	open := false
	for line := range strings.Lines(string(b)) {
		switch line = strings.TrimRight(line, "\n"); {
		case open && line == "```":
			open = false
		case open:
			list[len(list)-1] = append(list[len(list)-1], line)
		case line == "```"+language:
			open = true
			list = append(list, nil)
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s has no block of %s", name, language)
	}
	return list
}

// TestCommandsOfTheReadmeRun runs every command line of the README in a copy of what it needs, make's targets by what they call.
func TestCommandsOfTheReadmeRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"fixtures", "schemas", "heshu.example.yaml"} {
		if err := copyTree(filepath.Join(root, name), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	self, err := exec.LookPath("heshu") // the test binary under this name; see TestMain
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(dir, "bin", "heshu")); err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	var output string
	for _, line := range slices.Concat(blocks(t, "README.md", "sh")...) {
		line, _, _ = strings.Cut(line, " #")
		target, isMake := strings.CutPrefix(line, "make ")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "git clone ") || strings.HasPrefix(line, "cd ") || strings.HasPrefix(line, "sudo "):
			continue
		case isMake && !strings.Contains(string(makefile), "\n"+strings.TrimSpace(target)+":"):
			t.Errorf("%s: the Makefile has no such target", line)
			continue
		case isMake && strings.TrimSpace(target) != "run":
			continue
		case isMake:
			line = "bin/heshu run --config fixtures/zhoukou/heshu.yaml"
		}
		cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
		cmd.Dir = dir
		b, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code < 0 || code > exitMandatory {
			t.Errorf("%s: %v\n%s", line, err, b)
		}
		if isMake {
			output = string(b)
		}
	}
	shown(t, "README.md", output)
	shown(t, "README.zh-CN.md", output)
}

// shown checks that the lines of a README's first text block stand in the output in this order; … stands for anything.
func shown(t *testing.T, name, output string) {
	t.Helper()
	for _, line := range blocks(t, name, "text")[0] {
		parts := strings.Split(strings.TrimSpace(line), "…")
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		at := regexp.MustCompile(strings.Join(parts, ".*")).FindStringIndex(output)
		if at == nil {
			t.Errorf("%s shows %q, which make run does not print there:\n%s", name, line, output)
			return
		}
		output = output[at[1]:]
	}
}

func TestBothReadmesGiveTheSameCommands(t *testing.T) {
	t.Parallel()
	if en, zh := blocks(t, "README.md", "sh"), blocks(t, "README.zh-CN.md", "sh"); !slices.EqualFunc(en, zh, slices.Equal) {
		t.Errorf("README.md has\n%q\nREADME.zh-CN.md has\n%q", en, zh)
	}
}

func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), b, 0o644)
	})
}

// TestLinksLeadSomewhere: every relative link of a document is a file or a folder of the repository.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	documents, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(documents, filepath.Join(root, "README.md"), filepath.Join(root, "README.zh-CN.md"), filepath.Join(root, "THIRD_PARTY.md")) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			if to, _, _ := strings.Cut(m[1], "#"); to != "" && !strings.Contains(to, ":") {
				if _, err := os.Stat(filepath.Join(filepath.Dir(name), to)); err != nil {
					t.Errorf("%s: link to %s: %v", name, m[1], err)
				}
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
