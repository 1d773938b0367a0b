package proof_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/truceline/truceline/proof"
)

// A log appends three leaves, signs its tree, and shows one of them to whoever knows its key.
func Example() {
	// Keys come from crypto/rand; here, from bytes that everybody knows.
	skey, vkey, _ := proof.GenerateKey(strings.NewReader(strings.Repeat("k", 32)), "mission.example/valley", proof.Signing)
	signer, _ := proof.ParseSigner(skey)

	tree, _ := proof.NewBuilder(0, nil)
	for _, leaf := range []string{"first", "second", "third"} {
		tree.Append(proof.LeafHash([]byte(leaf)))
	}
	tiles := map[string][]byte{}
	for _, t := range tree.Changed() {
		tiles[proof.TilePath(t.Level, t.Index, t.Width)] = t.Data
	}
	checkpoint, _ := proof.SignCheckpoint(proof.Checkpoint{Origin: signer.Name(), Size: tree.Size(), Root: tree.Root()}, signer)

	reader := proof.NewReader(tree.Size(), tree.Root(), func(level int, index int64, width int) ([]byte, error) {
		return tiles[proof.TilePath(level, index, width)], nil
	})
	hashes, _ := reader.Inclusion(1)
	file := proof.LeafProof{Index: 1, Hashes: hashes, Checkpoint: checkpoint}.Marshal()
	fmt.Print(string(file))

	// Who has the file, the leaf and the key needs nobody else.
	key, _ := proof.ParseVerifier(vkey)
	p, _ := proof.ParseLeafProof(file)
	o, err := p.Check([]byte("second"), key)
	fmt.Println(o.Size, err)
	_, err = p.Check([]byte("forged"), key)
	fmt.Println(err)
	// Output:
	// c2sp.org/tlog-proof@v1
	// index 1
	// oa8DAjHKL9IOzzDFKUuvj2kyHQm7FqxTiFzNF6OFKA0=
	// ZW0+j1RCOM324y1kD1G6CRSVmxTt16UtC4uZq0yKxsY=
	//
	// mission.example/valley
	// 3
	// w2UeVBcUxT1kjsx7rsp/4sNu9PplvM4ksdcShkN95WY=
	//
	// — mission.example/valley vZPcjim66WQaue7dKg2VqixMgoqtEjBZKE0hvu9+3gcyYbBVVBrJvzz/04zsTNTAuMUsyoPthK5nHpE6ftNrqVEB8Ac=
	// 3 <nil>
	// the proof does not lead from the leaf to the root
}

// A witness cosigns a tree that continues the one it saw before.
func ExampleWitness_Judge() {
	newKey := func(name string, a proof.Algorithm) *proof.Signer {
		skey, _, _ := proof.GenerateKey(strings.NewReader(strings.Repeat("k", 32)), name, a)
		s, _ := proof.ParseSigner(skey)
		return s
	}
	log, witness := newKey("mission.example/valley", proof.Signing), newKey("w.example", proof.Cosigner)
	known := proof.Witness{"mission.example/valley": {Keys: []*proof.Verifier{log.Verifier()}}}

	leaf := proof.LeafHash([]byte("first"))
	note, _ := proof.SignCheckpoint(proof.Checkpoint{Origin: "mission.example/valley", Size: 1, Root: leaf}, log)
	request := proof.AddCheckpoint{Old: 0, Checkpoint: note}.Marshal()

	verdict := known.Judge(request)
	known[verdict.Origin] = verdict.Seen // kept before anything is cosigned
	line, _ := witness.CosignatureLine(verdict.Checkpoint, time.Date(2031, 5, 1, 12, 0, 0, 0, time.UTC))
	fmt.Println(verdict.Status, strings.HasPrefix(string(line), "— w.example "))

	verdict = known.Judge(request)
	fmt.Printf("%d %s %q\n", verdict.Status, verdict.ContentType, verdict.Body)
	// Output:
	// 200 true
	// 409 text/x.tlog.size "1\n"
}

func ExampleTilePath() {
	fmt.Println(proof.TilePath(0, 1234067, proof.TileWidth))
	fmt.Println(proof.TilePath(1, 0, 17))
	for t := range proof.Tiles(300) {
		fmt.Println(proof.TilePath(t.Level, t.Index, t.Width))
	}
	// Output:
	// tile/0/x001/x234/067
	// tile/1/000.p/17
	// tile/0/000
	// tile/0/001.p/44
	// tile/1/000.p/1
}

func ExampleCheckConsistency() {
	a, b := proof.LeafHash([]byte("a")), proof.LeafHash([]byte("b"))
	older, newer := proof.Root([]proof.Hash{a}), proof.Root([]proof.Hash{a, b})
	fmt.Println(proof.CheckConsistency([]proof.Hash{b}, 2, newer, 1, older))
	fmt.Println(proof.CheckConsistency([]proof.Hash{b}, 2, newer, 1, b))
	// Output:
	// <nil>
	// the proof does not lead to the newer root
}
