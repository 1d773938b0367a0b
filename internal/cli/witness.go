package cli

import (
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/internal/api"
	"github.com/truceline/truceline/internal/keep"
	"github.com/truceline/truceline/proof"
)

func (a *app) witnessCommand() *cobra.Command {
	var key, state, listen string
	var logs []string
	var public bool
	c := &cobra.Command{
		Use:   "witness",
		Short: "Run a witness: cosign checkpoints that continue what was cosigned",
		Long: `Runs a witness (C2SP tlog-witness) at a party's own site: POST /add-checkpoint. It cosigns a checkpoint of a
log that it knows if a proof shows that it continues the one that it cosigned last; nothing
else. What it cosigned is on the disk before the cosignature is given. Its --state must never
be set back: keep it where backups do not restore it.`,
		Example: "  truceline witness --key a.cosigner.key --state a.state --log mission.example/valley+1234abcd+AX… --listen 127.0.0.1:8090",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			signer, err := keep.LoadKey(key)
			if err != nil {
				return err
			}
			if signer.Verifier().Algorithm() != proof.Cosigner {
				return fmt.Errorf("%s signs entries: a witness needs a cosigner's key (truceline key new --cosigner)", key)
			}
			w := &api.Witness{Key: signer, Logs: map[string]*proof.Verifier{}, State: state, Now: a.now, Slog: slog.New(slog.NewTextHandler(a.err, nil))}
			for _, text := range logs {
				v, err := proof.ParseVerifier(text)
				if err != nil || v.Algorithm() != proof.Signing {
					return fmt.Errorf("--log %s: give the verifier key of the log", text)
				}
				w.Logs[v.Name()] = v
			}
			if len(w.Logs) == 0 {
				return errors.New("--log: give the verifier key of at least one log")
			}
			return a.listen(ctxOf(c), listen, public, w, nil)
		},
	}
	c.Flags().StringVar(&key, "key", "", "file of the cosigner's private key (required)")
	c.Flags().StringVar(&state, "state", "", "file of what was cosigned last (required)")
	c.Flags().StringSliceVar(&logs, "log", nil, "verifier key of a log; may be given again (required)")
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:8090", "address to listen on; port 0 chooses a free one")
	c.Flags().BoolVar(&public, "public", false, "allow an address that is not loopback")
	_ = c.MarkFlagRequired("key")
	_ = c.MarkFlagRequired("state")
	return c
}
