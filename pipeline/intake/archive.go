package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"heshu/schemas"
)

// errBomb says that a member unpacks to more than it may.
var errBomb = errors.New("unpacks to more than the limit")

// archive takes in the members of a .zip file as documents of their own. Nothing is unpacked to the disk, so a
// member's name can lead nowhere. An archive that is refused is kept as it is, if its size allows.
func (c *scanner) archive(ctx context.Context, full, name string) error {
	f, err := os.Open(full)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r, err := zip.NewReader(f, info.Size())
	if err != nil {
		return c.refuseArchive(full, name, info.Size(), schemas.IssueUnreadable, "no archive can be read from it: "+err.Error())
	}
	members, why := c.members(r)
	if why != "" {
		return c.refuseArchive(full, name, info.Size(), schemas.IssueLimit, why)
	}
	var total int64
	names := map[string]int{}
	for _, m := range members {
		if err := ctx.Err(); err != nil {
			return err
		}
		member := name + "/" + memberName(m)
		if !c.wanted(member) {
			continue
		}
		if names[member]++; names[member] > 1 { // an archive may hold two files of one name
			member = fmt.Sprintf("%s#%d", member, names[member])
		}
		b, err := unpack(m, min(c.limits.DocumentBytes, c.limits.ArchiveBytes-total))
		switch {
		case errors.Is(err, errBomb):
			err = c.refuse(member, full, schemas.IssueLimit, err.Error())
		case err != nil:
			err = c.refuse(member, full, unpackCode(m), "archive member: "+err.Error())
		default:
			total += int64(len(b))
			err = c.take(member, full, b, "", "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func unpackCode(m *zip.File) schemas.IssueCode {
	if m.Flags&1 != 0 {
		return schemas.IssueEncrypted
	}
	return schemas.IssueUnreadable
}

// members lists the files of an archive sorted by name, or says why it is refused. Sizes are those that the archive
// declares; unpack does not trust them.
func (c *scanner) members(r *zip.Reader) (list []*zip.File, why string) {
	var total uint64
	for _, m := range r.File {
		base := path.Base(memberName(m))
		if m.FileInfo().IsDir() || hidden(base) || strings.HasPrefix(memberName(m), "__MACOSX/") {
			continue
		}
		total += m.UncompressedSize64
		if m.UncompressedSize64 > 1<<20 && m.UncompressedSize64 > m.CompressedSize64*uint64(c.limits.ArchiveRatio) {
			return nil, fmt.Sprintf("%q unpacks to more than %d times its size", memberName(m), c.limits.ArchiveRatio)
		}
		list = append(list, m)
	}
	if len(list) > c.limits.ArchiveFiles {
		return nil, fmt.Sprintf("%d files in it, the limit is %d", len(list), c.limits.ArchiveFiles)
	}
	if total > uint64(c.limits.ArchiveBytes) {
		return nil, fmt.Sprintf("%d bytes in it, the limit is %d", total, c.limits.ArchiveBytes)
	}
	sort.SliceStable(list, func(i, j int) bool { return memberName(list[i]) < memberName(list[j]) })
	return list, ""
}

// memberName is a member's name with '/' between folders and no steps upwards. Archives made by Chinese Windows
// write names in GB18030 without saying so.
func memberName(m *zip.File) string {
	name := m.Name
	if !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	name = strings.ToValidUTF8(strings.ReplaceAll(name, "\\", "/"), "\uFFFD")
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// unpack reads a member, at most limit bytes of it.
func unpack(m *zip.File, limit int64) ([]byte, error) {
	if m.Flags&1 != 0 {
		return nil, errors.New("a password is needed")
	}
	r, err := m.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, fmt.Errorf("%w: %d bytes", errBomb, limit)
	}
	return b.Bytes(), nil
}

// refuseArchive records an archive that is not looked into.
func (c *scanner) refuseArchive(full, name string, size int64, code schemas.IssueCode, why string) error {
	if size > c.limits.DocumentBytes {
		return c.refuse(name, full, code, why)
	}
	b, err := os.ReadFile(full)
	if err != nil {
		return err
	}
	return c.take(name, full, b, code, why)
}
