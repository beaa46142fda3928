package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// app is what all commands share: the streams and the flags of the root.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	quiet          bool
	lang           string
	said           bool // lang is what --lang says
}

// newRoot builds the command tree. Help, completion and the README's table all come from it.
func newRoot(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	root := &cobra.Command{
		Use:           "heshu",
		Short:         "Turn scattered workbooks and pages into figures that can be trusted, compared and reconciled",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("unknown command %q; see heshu --help", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return coded{exitUsage, err} })
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "no progress on standard error")
	root.PersistentFlags().StringVar(&a.lang, "lang", "zh", "language of what people read: zh or en; default the configuration's")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if a.said = c.Flags().Changed("lang"); a.lang != "zh" && a.lang != "en" {
			return usage("--lang %q: want zh or en", a.lang)
		}
		return nil
	}
	for _, c := range a.commands() {
		args := c.Args
		c.Args = func(c *cobra.Command, got []string) error {
			if args == nil {
				return nil
			}
			if err := args(c, got); err != nil {
				return usage("%s: %v; see heshu %s --help", c.Name(), err, c.Name())
			}
			return nil
		}
		root.AddCommand(c)
	}
	return root
}

// commands lists the commands in the order of the README's table.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.runCommand(),
		a.statusCommand(),
		a.doctorCommand(),
		a.approveCommand(),
		a.extractCommand(),
		a.pageCommand(),
		a.parseCommand(),
		a.ledgerCommand(),
		a.formCommand(),
		a.checkCommand(),
		a.queryCommand(),
		a.explainCommand(),
		a.reconcileCommand(),
		a.findingsCommand(),
		a.decideCommand(),
		a.papersCommand(),
		a.releasesCommand(),
		a.diffCommand(),
		a.verifyCommand(),
		a.rebuildCommand(),
		a.exportCommand(),
		a.versionCommand(),
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.stdout, "heshu", version)
			return err
		},
	}
}

// formatFlag adds --format with the given default; more names the formats a command has beyond the common ones.
func formatFlag(c *cobra.Command, into *string, standard string, more ...string) {
	c.Flags().StringVar(into, "format", standard, "output: "+strings.Join(append(append([]string(nil), formats...), more...), ", "))
}
