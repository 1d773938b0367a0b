package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/truceline/truceline/casefile"
	"github.com/truceline/truceline/internal/web"
	"github.com/truceline/truceline/problem"
)

func (a *app) serveCommand() *cobra.Command {
	var o served
	var brand string
	c := &cobra.Command{
		Use:   "serve CASE",
		Short: "Serve the case's pages, its record and the interface to it",
		Long: `Serves the pages of a case until it is interrupted. It listens on loopback unless
--public allows another address; put a server that ends TLS in front of it then.

A case that keeps a record of its own (truceline init) is served with it: the mirror
that anyone can verify (/checkpoint, /tile/…), proofs, and the interface by which signed
entries and cosignatures are handed in (described at /api/v1/openapi.json), while this process is the
one that writes. Several processes may serve one record in PostgreSQL: one writes, and
when it dies another takes over. What does not fit the last signed state is not served.

/healthz tells whether all is well, /metrics (to this machine only) how much is done.`,
		Example: `  truceline serve cases/ua-2025 --listen 127.0.0.1:8080
  truceline serve records/valley --witness https://a.example/witness=a.cosigner+1234abcd+BA…`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeCase,
		RunE: func(c *cobra.Command, args []string) error {
			if o.address != "" {
				var err error
				if o.address, err = web.CheckAddress(o.address, false); err != nil {
					return fmt.Errorf("--address: %w", err)
				}
			}
			var err error
			if o.brand, err = loadBrand(brand); err != nil {
				return err
			}
			easeCollector()
			if isHome(args[0]) || o.store != "" {
				return a.serveHome(ctxOf(c), args[0], o)
			}
			k, err := load(args[0])
			if err != nil {
				return err
			}
			return a.serve(ctxOf(c), k, o)
		},
	}
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:8080", "address to listen on; port 0 chooses a free one")
	c.Flags().StringVar(&o.address, "address", "", "where readers find the site: https://record.example; feeds and the site map name it (default as each request calls it)")
	brandFlag(c, &brand)
	c.Flags().BoolVar(&o.public, "public", false, "allow an address that is not loopback")
	c.Flags().BoolVar(&o.noSite, "no-site", false, "serve the record without its pages: the mirror and the interface alone, whatever its size")
	c.Flags().BoolVar(&o.readOnly, "read-only", false, "never write the record: no key of the log is needed")
	c.Flags().StringSliceVar(&o.witnesses, "witness", nil, "a witness to ask for cosignatures, ADDRESS=VERIFIER; may be given again")
	storeFlag(c, &o.store)
	return c
}

// collectorPercent is how much a server that was told nothing lets its memory grow, in
// percent of what it holds, before the collector goes through it: most of what a site
// holds is its record, which stays.
const collectorPercent = 200

// easeCollector lets memory grow further than the language's default does. Whoever runs
// the server decides otherwise with GOGC or GOMEMLIMIT.
func easeCollector() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(collectorPercent)
	}
}

func brandFlag(c *cobra.Command, dir *string) {
	c.Flags().StringVar(dir, "brand", "", "folder of the operator's brand: name.json, brand.css, logo.svg")
}

// loadBrand reads the folder of a brand; none where none is named.
func loadBrand(dir string) (*web.Brand, error) {
	if dir == "" {
		return nil, nil //nolint:nilnil // without a brand the program's own look stands
	}
	b, err := web.LoadBrand(os.DirFS(dir))
	var list problem.List
	if errors.As(err, &list) {
		return nil, inside(dir, list)
	}
	return b, err
}

// serve serves a case in files.
func (a *app) serve(ctx context.Context, c *casefile.Case, o served) error {
	site, err := web.New(c, web.Options{Now: a.now, Version: a.version, Log: slog.New(slog.NewTextHandler(a.err, nil)), Address: o.address, Brand: o.brand, Renders: siteRenders()})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go site.Ahead(ctx)
	return a.listen(ctx, o.listen, o.public, site, nil)
}

// listen serves until SIGINT or SIGTERM, then lets open requests end. It prints the
// address, and tells it to open.
func (a *app) listen(ctx context.Context, listen string, public bool, handler http.Handler, open func(address string)) error {
	if err := loopback(listen, public); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w (choose another with --listen)", listen, err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 40 * time.Second, WriteTimeout: time.Minute,
		IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(slog.NewTextHandler(a.err, nil), slog.LevelWarn),
	}
	address := fmt.Sprintf("http://%s/", l.Addr())
	if open != nil {
		open(address)
	}
	fmt.Fprintln(a.out, address)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// loopback refuses other addresses unless they are allowed.
func loopback(listen string, public bool) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return fmt.Errorf("--listen %s: give an address and a port: 127.0.0.1:8080", listen)
	}
	ip := net.ParseIP(host)
	if public || host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("--listen %s is not loopback: add --public if others are meant to reach it", listen)
}
