package postgres

import (
	"bytes"
	"io"
	"net"
	"sync"
	"testing"
)

// verdict is what the proxy does with a connection on which COMMIT has come.
type verdict int

const (
	pass    verdict = iota
	cut             // the server never gets it
	deliver         // the server gets it and answers, and the answer is thrown away
)

// proxy stands between a store and its server, and cuts connections at chosen points.
type proxy struct {
	listener net.Listener
	to       string
	open     sync.WaitGroup

	mu       sync.Mutex
	onCommit func(client net.Conn) verdict // asked once, of the next COMMIT
	asking   int                           // bytes from clients that still pass before a cut; below 0: all
	telling  int                           // bytes from the server, likewise
	conns    map[net.Conn]bool
}

// between starts a proxy in front of a server; it ends with the test.
func between(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, to: to, asking: -1, telling: -1, conns: map[net.Conn]bool{}}
	p.open.Go(p.accept)
	t.Cleanup(func() {
		l.Close()
		p.mu.Lock()
		for c := range p.conns {
			c.Close()
		}
		p.mu.Unlock()
		p.open.Wait()
	})
	return p
}

func (p *proxy) addr() string { return p.listener.Addr().String() }

// set chooses what happens next.
func (p *proxy) set(onCommit func(net.Conn) verdict, asking, telling int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.onCommit, p.asking, p.telling = onCommit, asking, telling
}

// at has the next COMMIT meet with a verdict.
func (p *proxy) at(v verdict) { p.set(func(net.Conn) verdict { return v }, -1, -1) }

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.to)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.conns[client], p.conns[server] = true, true
		p.mu.Unlock()
		deaf := make(chan struct{}) // closed when the client shall hear no more
		p.open.Go(func() { p.forward(client, server, deaf) })
		p.open.Go(func() { p.back(client, server, deaf) })
	}
}

// forward carries what a client sends.
func (p *proxy) forward(client, server net.Conn, deaf chan struct{}) {
	defer client.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			server.Close()
			return
		}
		p.mu.Lock()
		ask := p.onCommit
		if !bytes.Contains(buf[:n], []byte("commit\x00")) {
			ask = nil
		} else {
			p.onCommit = nil
		}
		rest := n
		if p.asking >= 0 {
			rest = min(n, p.asking)
			p.asking -= rest
		}
		p.mu.Unlock()
		v := pass
		if ask != nil {
			v = ask(client)
		}
		if v == cut {
			server.Close()
			return
		}
		if v == deliver {
			close(deaf)
		}
		if _, err := server.Write(buf[:rest]); err != nil || rest < n {
			server.Close()
			return
		}
		if v == deliver {
			return // back goes on until the server has answered
		}
	}
}

// back carries what the server sends.
func (p *proxy) back(client, server net.Conn, deaf chan struct{}) {
	defer server.Close()
	defer client.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := server.Read(buf)
		if err != nil {
			return
		}
		select {
		case <-deaf:
			return
		default:
		}
		p.mu.Lock()
		rest := n
		if p.telling >= 0 {
			rest = min(n, p.telling)
			p.telling -= rest
		}
		p.mu.Unlock()
		if _, err := io.Copy(client, bytes.NewReader(buf[:rest])); err != nil || rest < n {
			return
		}
	}
}
