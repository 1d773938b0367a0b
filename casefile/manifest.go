package casefile

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"

	"github.com/truceline/truceline/agreement"
	"github.com/truceline/truceline/problem"
)

// manifestFile lists the files of one version of an agreement.
const manifestFile = "MANIFEST"

// Manifest makes the text of the MANIFEST of an agreement's folder from the files
// that lie in it, and the version that it gives. The error is a problem.List: the
// folder cannot be read, or holds no file to list.
func Manifest(fsys fs.FS, dir string) (text []byte, version string, err error) {
	var problems problem.List
	text, version, err = agreement.Seal(fsys, dir)
	switch {
	case err != nil:
		problems.Add(problem.Problem{Code: "missing-file", File: dir, What: "the folder cannot be read: " + reason(err), Mend: "give the folder of one version of an agreement"})
	case len(text) == 0:
		problems.Add(problem.Problem{Code: "empty-version", File: dir, What: "there is no file to list", Mend: "put " + path.Base(dir) + ".md into it"})
	default:
		return text, version, nil
	}
	return nil, "", problems.Err()
}

// digest is the SHA-256 of data as 64 hexadecimal digits.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
