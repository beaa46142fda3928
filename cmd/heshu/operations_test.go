package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heshu/pipeline"
)

func readText(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func writeText(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func TestTheExampleConfigurationIsWhatTheProgramReads(t *testing.T) {
	t.Parallel()
	c, err := pipeline.ReadConfig(filepath.Join(root, "heshu.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := pipeline.DefaultConfig("submissions", "pages")
	if err != nil {
		t.Fatal(err)
	}
	if c.Keep != d.Keep || c.Lang != d.Lang || c.Limits != d.Limits || c.Fetch.Budget != d.Fetch.Budget || c.Fetch.MaxBytes != d.Fetch.MaxBytes || c.Budget != d.Budget || c.Approve != d.Approve {
		t.Errorf("the example says %+v, the defaults are %+v", c, d)
	}
	if got := strings.Replace(readText(t, "heshu.example.yaml"), "#  - feeds:", "  - feeds:", 1); !strings.Contains(got, "  - feeds:") {
		t.Error("the example shows no feed")
	}
}

// TestTheTimerIsOne lets systemd judge the unit and the timer, with this test in the place of the installed program.
func TestTheTimerIsOne(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not here")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	service := strings.ReplaceAll(readText(t, "docs", "examples", "heshu.service"), "/usr/local/bin/heshu", self)
	writeText(t, filepath.Join(dir, "heshu.service"), service, 0o644)
	writeText(t, filepath.Join(dir, "heshu.timer"), readText(t, "docs", "examples", "heshu.timer"), 0o644)
	out, err := exec.Command("systemd-analyze", "verify", "--man=no", filepath.Join(dir, "heshu.timer"), filepath.Join(dir, "heshu.service")).CombinedOutput()
	if err != nil || strings.Contains(string(out), "heshu.service:") || strings.Contains(string(out), "heshu.timer:") {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

// TestTheCronLineTellsBrokenNights runs the line's command with programs that end in every way.
func TestTheCronLineTellsBrokenNights(t *testing.T) {
	t.Parallel()
	line := ""
	for l := range strings.Lines(readText(t, "docs", "examples", "heshu.cron")) {
		if strings.HasPrefix(l, "30 ") {
			line = strings.TrimSpace(l)
		}
	}
	fields := strings.SplitN(line, " ", 7)
	if len(fields) != 7 || fields[5] != "heshu" || strings.Contains(line, "%") {
		t.Fatalf("%q: want five times, a user and a command without %%", line)
	}
	for code, mail := range map[string]bool{"0": false, "1": false, "2": false, "3": true, "64": true} {
		dir := t.TempDir()
		program := filepath.Join(dir, "stub")
		writeText(t, program, "#!/bin/sh\necho \"$@\" >&2\nexit "+code+"\n", 0o755)
		command := strings.NewReplacer("/usr/local/bin/heshu", program, "/srv/heshu", dir).Replace(fields[6])
		out, err := exec.Command("sh", "-c", command).Output()
		if err != nil || (len(out) > 0) != mail {
			t.Errorf("status %s: %q, %v, want mail: %v", code, out, err, mail)
		}
		if b, err := os.ReadFile(filepath.Join(dir, "run.log")); err != nil || strings.TrimSpace(string(b)) != "run --log json" {
			t.Errorf("the program was called with %q, %v", b, err)
		}
	}
}

// TestCommandsOfOperationsRun runs every command of the page for operators, in its order, in a folder where a release waits for approval.
func TestCommandsOfOperationsRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "zhoukou"), os.DirFS(filepath.Join(root, "fixtures", "zhoukou"))); err != nil {
		t.Fatal(err)
	}
	config := strings.NewReplacer("out: ../../out", "out: out\napprove: true\nrules: rules", "path: ", "path: zhoukou/").Replace(readText(t, "fixtures", "zhoukou", "heshu.yaml"))
	writeText(t, filepath.Join(dir, "heshu.yaml"), config, 0o644)
	if err := os.Mkdir(filepath.Join(dir, "rules"), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd, out := heshu(t, dir, "run", "--log", "none")
	exitStatus(t, cmd, out, exitMandatory)
	writeText(t, filepath.Join(dir, "rules", "own.yaml"), "- {id: own, version: 1, kind: domain, severity: hint, scope: {indicators: [people_trained]}, max: \"3000\", zh: 多, en: many}\n", 0o644)
	for _, line := range slices.Concat(blocks(t, "docs/operations.md", "sh")...) {
		args, ok := strings.CutPrefix(line, "heshu ")
		if !ok {
			t.Errorf("%q: want a command of heshu", line)
			continue
		}
		cmd, out := heshu(t, dir, strings.Fields(args)...)
		cmd.Env = append(os.Environ(), "TZ=Asia/Shanghai")
		if err := cmd.Run(); cmd.ProcessState.ExitCode() < 0 || cmd.ProcessState.ExitCode() > exitMandatory {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
}
