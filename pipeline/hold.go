package pipeline

import (
	"errors"

	"heshu/pipeline/warehouse"
)

// hold reports whether a new release has to wait for approval: the configuration asks for it, and the current release
// was read by other code or with other data than this run's. It returns the current release's run, "" if there is none.
func (j Job) hold() (current string, hold bool, err error) {
	rel, err := warehouse.Current(j.Config.ReleaseDir())
	if errors.Is(err, warehouse.ErrNoRelease) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	return rel.Run, j.Config.Approve && rel.CodeVersion != j.Code, nil
}
