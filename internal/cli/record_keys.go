package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/internal/recorder"
	"github.com/truceline/truceline/proof"
	"github.com/truceline/truceline/record"
)

func (a *app) keyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "key",
		Short: "Keys of authors and cosigners: make, admit, rotate, revoke, list",
		Long: `Every author signs with a key of its own. A party makes its key on its own machine (key new),
keeps the private file and gives the line that is printed, its verifier key, to the
keeper, who admits it by an entry that says on whose authority. A key is rotated by itself or by the
keeper; what a revoked key wrote stands, and nothing more is accepted from it.`,
	}
	c.AddCommand(a.keyNewCommand(), a.keyAdmitCommand(), a.keyRotateCommand(), a.keyRevokeCommand(), a.keyListCommand())
	return c
}

func (a *app) keyNewCommand() *cobra.Command {
	var cosigner bool
	c := &cobra.Command{
		Use:   "new FILE NAME",
		Short: "Make a key; print its verifier key",
		Long: `Makes a private key in a new file that you alone can read, and prints its verifier key,
which is public: name+hash+base64. With --cosigner the key cosigns checkpoints and signs no entries.
A folder in place of a file stands for FOLDER/NAME.key.`,
		Example: "  truceline key new a.delegation.key a.delegation\n  truceline key new --cosigner a.cosigner.key a.cosigner",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, file := filepath.Split(filepath.Clean(args[0]))
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				dir, file = args[0], args[1]+".key"
				if isHome(dir) {
					dir = filepath.Join(dir, keysDir)
				}
			}
			if filepath.Ext(file) != ".key" {
				return fmt.Errorf("%s: files of keys end in .key", args[0])
			}
			algorithm := proof.Signing
			if cosigner {
				algorithm = proof.Cosigner
			}
			s, err := keep.NewKey(filepath.Join(dir, file), args[1], algorithm)
			if err != nil {
				return err
			}
			a.printf("%s\n", s.Verifier())
			return nil
		},
	}
	c.Flags().BoolVar(&cosigner, "cosigner", false, "a key that cosigns checkpoints")
	return c
}

// keyChange is what the commands that change a key are given.
type keyChange struct{ holder, authority, author, key, store string }

func (k *keyChange) flags(c *cobra.Command) {
	c.Flags().StringVar(&k.authority, "authority", "", "on whose authority, in a few words (required)")
	c.Flags().StringVar(&k.author, "author", "", "who signs the entry (default the keeper)")
	c.Flags().StringVar(&k.key, "key", "", "file of the private key that signs the entry")
	storeFlag(c, &k.store)
	_ = c.MarkFlagRequired("authority")
}

// change records a key entry.
func (a *app) changeKey(c *cobra.Command, where string, k *keyChange, b record.Key) error {
	ctx := ctxOf(c)
	t, err := a.target(ctx, where, k.store)
	if err != nil {
		return err
	}
	defer t.close()
	s := a.signing(where, t, k.key)
	if l, ok := t.(*localTarget); ok {
		if old := l.r.Keys().Of(b.Name); old != nil && b.Holder == "" {
			b.Holder = old.Holder
		}
	}
	if k.author == "" {
		if k.author, err = s.keeper(); err != nil {
			return err
		}
	}
	if b.Holder == "" {
		return errors.New("--holder: say whose key it is")
	}
	signer, err := s.key(k.author)
	if err != nil {
		return err
	}
	ref, err := a.freshRef("key-" + b.Name)
	if err != nil {
		return err
	}
	b.Authority = sameWords(k.authority)
	r, err := a.submit(ctx, t, signer, record.Entry{Kind: record.KindKey, Ref: ref, Author: k.author, Body: &b})
	if err != nil {
		return err
	}
	return a.receipts([]recorder.Receipt{r}, "text")
}

func (a *app) keyAdmitCommand() *cobra.Command {
	var k keyChange
	c := &cobra.Command{
		Use:     "admit DIR|ADDRESS VERIFIER",
		Short:   "Admit a key by an entry",
		Example: `  truceline key admit records/valley a.delegation+1234abcd+AX… --holder A --authority "letter of the delegation, 1 March"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			v, err := proof.ParseVerifier(args[1])
			if err != nil {
				return fmt.Errorf("the verifier key: %w", err)
			}
			return a.changeKey(c, args[0], &k, record.Key{Name: v.Name(), Event: "admitted", Holder: k.holder, PublicKey: v.String()})
		},
	}
	k.flags(c)
	c.Flags().StringVar(&k.holder, "holder", "", "whose key it is: a party's code, or a name (required)")
	_ = c.MarkFlagRequired("holder")
	return c
}

func (a *app) keyRotateCommand() *cobra.Command {
	var k keyChange
	c := &cobra.Command{
		Use:   "rotate DIR|ADDRESS VERIFIER",
		Short: "Give a name another key",
		Long: `Records that a name stands for another key from now on. The new key is made before, with key new and the same name,
in another file. Signed by the keeper, or by the old key with --author NAME --key OLDFILE.`,
		Example: `  truceline key rotate records/valley a.delegation+9876fedc+AX… --authority "the delegation's letter"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			v, err := proof.ParseVerifier(args[1])
			if err != nil {
				return fmt.Errorf("the verifier key: %w", err)
			}
			return a.changeKey(c, args[0], &k, record.Key{Name: v.Name(), Event: "rotated", Holder: k.holder, PublicKey: v.String()})
		},
	}
	k.flags(c)
	c.Flags().StringVar(&k.holder, "holder", "", "whose key it is (default as it is)")
	return c
}

func (a *app) keyRevokeCommand() *cobra.Command {
	var k keyChange
	c := &cobra.Command{
		Use:     "revoke DIR|ADDRESS NAME",
		Short:   "Accept nothing more from a key",
		Example: `  truceline key revoke records/valley a.delegation --authority "the laptop was stolen"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			return a.changeKey(c, args[0], &k, record.Key{Name: args[1], Event: "revoked", Holder: k.holder})
		},
	}
	k.flags(c)
	c.Flags().StringVar(&k.holder, "holder", "", "whose key it is (default as it is)")
	return c
}

// keyRow is a key as the list gives it.
type keyRow struct {
	Name      string `json:"name"`
	Holder    string `json:"holder"`
	Use       string `json:"use"` // "signs" or "cosigns"
	Since     int    `json:"since"`
	Revoked   int    `json:"revoked,omitempty"`
	PublicKey string `json:"public_key"`
}

func (a *app) keyListCommand() *cobra.Command {
	var address, format string
	c := &cobra.Command{
		Use:     "list DIR",
		Short:   "The keys of a record: whose, since which position, revoked or not",
		Example: "  truceline key list records/valley",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := known("--format", format, []string{"text", "json"}); err != nil {
				return err
			}
			ctx := ctxOf(c)
			h, err := a.openHome(ctx, args[0], address)
			if err != nil {
				return err
			}
			defer h.close()
			keys, err := h.authors(ctx)
			if err != nil {
				return err
			}
			rows := []keyRow{}
			for _, k := range keys.All() {
				row := keyRow{Name: k.Name, Holder: k.Holder, Use: "signs", Since: k.Since, Revoked: k.Revoked, PublicKey: k.Public}
				if k.Cosigner {
					row.Use = "cosigns"
				}
				rows = append(rows, row)
			}
			if format == "json" {
				return a.json(rows)
			}
			t := &table{}
			for _, r := range rows {
				until := ""
				if r.Revoked > 0 {
					until = fmt.Sprintf("revoked at %d", r.Revoked)
				}
				t.add(r.Name, r.Holder, r.Use, fmt.Sprintf("since %d", r.Since), until, r.PublicKey)
			}
			t.write(a.out)
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json")
	storeFlag(c, &address)
	return c
}
