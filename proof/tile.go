package proof

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
)

// TileWidth is how many nodes a full tile holds (C2SP tlog-tiles: height 8).
const TileWidth = 256

// MaxLeaf is the most bytes that a leaf may have: its length is told in two.
const MaxLeaf = 65_535

// MaxSize is the most leaves of a tree that tiles are read or written of: more than can
// ever be written. Levels and indexes of tiles have their bounds from it.
const MaxSize = 1 << 56

const (
	maxLevel = 7
	maxIndex = MaxSize / TileWidth
)

// Tile names a tile and may hold its nodes: Width times 32 bytes.
type Tile struct {
	Level int   // from 0, which holds hashes of leaves
	Index int64 // within the level
	Width int   // 1 to TileWidth
	Data  []byte
}

// TilePath names a tile as C2SP tlog-tiles does: "tile/0/x001/234", "tile/1/000.p/3".
func TilePath(level int, index int64, width int) string {
	return "tile/" + strconv.Itoa(level) + "/" + tileIndex(index, width)
}

// EntriesPath names an entry bundle: "tile/entries/x001/234.p/8".
func EntriesPath(index int64, width int) string { return "tile/entries/" + tileIndex(index, width) }

func tileIndex(index int64, width int) string {
	s := fmt.Sprintf("%03d", index%1000)
	for index >= 1000 {
		index /= 1000
		s = fmt.Sprintf("x%03d/%s", index%1000, s)
	}
	if width < TileWidth {
		s += ".p/" + strconv.Itoa(width)
	}
	return s
}

var errPath = errors.New("it is not the path of a tile")

// ParseTilePath reads what TilePath writes, and nothing else.
func ParseTilePath(path string) (level int, index int64, width int, err error) {
	rest, ok := strings.CutPrefix(path, "tile/")
	first, rest, cut := strings.Cut(rest, "/")
	level, bad := strconv.Atoi(first)
	if !ok || !cut || bad != nil || level < 0 || level > maxLevel {
		return 0, 0, 0, errPath
	}
	if index, width, err = parseIndex(rest); err != nil || TilePath(level, index, width) != path {
		return 0, 0, 0, errPath
	}
	return level, index, width, nil
}

// ParseEntriesPath reads what EntriesPath writes, and nothing else.
func ParseEntriesPath(path string) (index int64, width int, err error) {
	rest, ok := strings.CutPrefix(path, "tile/entries/")
	if !ok {
		return 0, 0, errPath
	}
	if index, width, err = parseIndex(rest); err != nil || EntriesPath(index, width) != path {
		return 0, 0, errPath
	}
	return index, width, nil
}

func parseIndex(s string) (index int64, width int, err error) {
	width = TileWidth
	if whole, part, ok := strings.Cut(s, ".p/"); ok {
		if width, err = strconv.Atoi(part); err != nil || width < 1 || width >= TileWidth {
			return 0, 0, errPath
		}
		s = whole
	}
	for step := range strings.SplitSeq(s, "/") {
		n, err := strconv.ParseUint(strings.TrimPrefix(step, "x"), 10, 10)
		if err != nil || index > maxIndex/1000 {
			return 0, 0, errPath
		}
		index = index*1000 + int64(n)
	}
	if index >= maxIndex {
		return 0, 0, errPath
	}
	return index, width, nil
}

// Width gives how many nodes of a tile a tree of a size (leaves, at most MaxSize) has; 0
// when it has none.
func Width(size int64, level int, index int64) int {
	if level < 0 || level > maxLevel || index < 0 || index >= maxIndex || size < 0 || size > MaxSize {
		return 0
	}
	return int(max(min(size>>(8*level)-index*TileWidth, TileWidth), 0))
}

// Tiles gives every tile of a tree of a size (leaves, at most MaxSize), level by level from
// 0, without its nodes. Those of level 0 name the entry bundles too.
func Tiles(size int64) iter.Seq[Tile] {
	return func(yield func(Tile) bool) {
		for level := 0; size>>(8*level) > 0 && level <= maxLevel; level++ {
			for index := int64(0); ; index++ {
				width := Width(size, level, index)
				if width == 0 {
					break
				}
				if !yield(Tile{Level: level, Index: index, Width: width}) {
					return
				}
			}
		}
	}
}

// AppendBundle appends a leaf to an entry bundle: its length in two bytes, big-endian,
// and the leaf. A leaf has 1 to MaxLeaf bytes: another is a fault of the program, which
// stops rather than write a bundle that nobody can read.
func AppendBundle(bundle, leaf []byte) []byte {
	if len(leaf) == 0 || len(leaf) > MaxLeaf {
		panic(fmt.Sprintf("a leaf of %d bytes", len(leaf)))
	}
	return append(binary.BigEndian.AppendUint16(bundle, uint16(len(leaf))), leaf...) //nolint:gosec // bounded by contract
}

// ParseBundle gives the leaves of a bundle that must hold as many as are wanted. They
// share its bytes.
func ParseBundle(bundle []byte, want int) ([][]byte, error) {
	leaves := make([][]byte, 0, max(min(want, TileWidth), 0))
	rest := bundle
	for len(rest) > 0 {
		if len(leaves) == want {
			return nil, fmt.Errorf("the bundle goes on after %d leaves", want)
		}
		leaf, after, err := cutLeaf(rest)
		if err != nil {
			return nil, fmt.Errorf("leaf %d of the bundle: %w", len(leaves), err)
		}
		leaves, rest = append(leaves, leaf), after
	}
	if len(leaves) != want {
		return nil, fmt.Errorf("the bundle has %d leaves, not %d", len(leaves), want)
	}
	return leaves, nil
}

// CutBundle gives the first leaves of a bundle, as a bundle.
func CutBundle(bundle []byte, width int) ([]byte, error) {
	rest := bundle
	for i := range width {
		_, after, err := cutLeaf(rest)
		if err != nil {
			return nil, fmt.Errorf("leaf %d of the bundle: %w", i, err)
		}
		rest = after
	}
	return bundle[:len(bundle)-len(rest)], nil
}

func cutLeaf(bundle []byte) (leaf, rest []byte, err error) {
	if len(bundle) < 2 {
		return nil, nil, errors.New("it is cut short")
	}
	n := int(binary.BigEndian.Uint16(bundle))
	switch {
	case n == 0:
		return nil, nil, errors.New("it is empty")
	case len(bundle) < 2+n:
		return nil, nil, errors.New("it is cut short")
	}
	return bundle[2 : 2+n : 2+n], bundle[2+n:], nil
}
