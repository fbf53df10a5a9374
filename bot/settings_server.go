package bot

import (
	"net"
	"net/url"
	"strings"
)

var (
	listenVar = variable{"CARELINE_LISTEN", "address to serve on, host:port", "127.0.0.1:8080"}
	publicVar = variable{"CARELINE_PUBLIC_URL", "address under which patients reach this server, for links in messages", ""}
	framedVar = variable{"CARELINE_WIDGET_SITES", "sites that may show the chat in a frame, by commas: https://clinic.ru,https://www.clinic.ru", ""}
	proxyVar  = variable{"CARELINE_PROXY_HEADER", "header in which your own proxy names the client, X-Real-IP or X-Forwarded-For; without it all behind a proxy share one limit", ""}
)

// ListenAddress is the address that a server started with the same environment serves on.
func ListenAddress(getenv func(string) string) string {
	return (&reader{getenv: getenv}).read(listenVar)
}

func (r *reader) listen() string {
	value := r.read(listenVar)
	if _, _, err := net.SplitHostPort(value); err != nil {
		r.bad(listenVar, "%q is not host:port", value)
	}
	return value
}

func (r *reader) public() string {
	value := strings.TrimRight(r.read(publicVar), "/")
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		r.bad(publicVar, "%q is not an http address", value)
	}
	return value
}

func (r *reader) sites() []string {
	var sites []string
	for site := range strings.SplitSeq(r.read(framedVar), ",") {
		if site = strings.TrimRight(strings.TrimSpace(site), "/"); site == "" {
			continue
		}
		u, err := url.Parse(site)
		if err != nil || u.Host == "" || u.Path != "" || !strings.HasPrefix(u.Scheme, "http") {
			r.bad(framedVar, "%q is not the address of a site", site)
			continue
		}
		sites = append(sites, site)
	}
	return sites
}
