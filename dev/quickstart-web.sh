# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A certificate of our own, and an nginx of our own: its configuration, its
# process id and its temporary files, on tmpfs, are all under $dir and $shm.

certificate() {
	[ ! -s "$dir/tls/certificate.pem" ] || return 0
	(umask 077 && openssl req -x509 -newkey ec \
	    -pkeyopt ec_paramgen_curve:P-256 -nodes -days 398 \
	    -subj /CN=localhost \
	    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1" \
	    -addext "extendedKeyUsage=serverAuth" \
	    -keyout "$dir/tls/key.pem" -out "$dir/tls/certificate.pem.new")
	mv "$dir/tls/certificate.pem.new" "$dir/tls/certificate.pem"
}

web() {
	local before=nothing began=$SECONDS

	[ ! -e "$dir/nginx/all" ] || before=$(cat "$dir/nginx/all")
	web_configuration
	if alive "$dir/run/nginx.pid" "$dir/nginx/nginx.conf"; then
		[ "$before" = "$(cat "$dir/nginx/all")" ] || web_reload
	else
		port_is_free
		rm -f "$dir/run/nginx.pid"
		setsid nginx -e "$dir/log/nginx-error.log" \
		    -c "$dir/nginx/nginx.conf"
	fi
	web_answers
	note "answered after $((SECONDS - began)) s"
}

web_reload() {
	kill -HUP "$(cat "$dir/run/nginx.pid")"
	sleep 0.5
}

port_is_free() {
	! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || {
		echo "Another program listens on port $port."
		echo "Try: ./quickstart --port $((port + 1))"
		return 1
	}
}

web_configuration() {
	mkdir -p "$dir/nginx"
	if [ "$is_root" = yes ]; then
		install -d -m 700 -o www-data "$shm/nginx"
	else
		install -d -m 700 "$shm/nginx"
	fi
	web_server >"$dir/nginx/server.conf"
	# Entries of the log stay on this machine.
	printf 'allow 127.0.0.1;\nallow ::1;\n' >"$dir/nginx/readers.conf"
	"$root/deploy/nginx/site" "$root/deploy/rooms.txt" "$id" "$dir/run" \
	    "$dir/share" "$dir/nginx/server.conf" "$dir/tiles" \
	    "$dir/nginx/readers.conf" >"$dir/nginx/site.conf"
	web_main >"$dir/nginx/nginx.conf"
	cat "$dir"/nginx/*.conf >"$dir/nginx/all"
}

# Listening on loopback alone: a demonstration is for this machine.
web_listen() {
	echo "listen 127.0.0.1:$port ssl http2$1;"
	[ ! -s /proc/net/if_inet6 ] || echo "listen [::1]:$port ssl http2$1;"
}

web_server() {
	web_listen ""
	cat <<END
server_name localhost;
ssl_certificate "$dir/tls/certificate.pem";
ssl_certificate_key "$dir/tls/key.pem";
END
	witness_locations
}

web_main() {
	local files

	files=$(ulimit -Hn)
	[ "$files" != unlimited ] && [ "$files" -lt 65536 ] || files=65536
	[ "$is_root" = no ] || echo "user www-data;"
	cat <<END
worker_processes 2;
worker_rlimit_nofile $files;
pid "$dir/run/nginx.pid";
# nginx writes whole request lines beside its errors, query string and all;
# what it could not reach shows in the access log as 502 or 504.
error_log "$dir/log/nginx-error.log" alert;
events {
	worker_connections $((files * 3 / 8));
}
http {
	types {
		text/html html;
		text/css css;
		application/javascript js;
		image/svg+xml svg;
		image/png png;
		image/x-icon ico;
		font/woff2 woff2;
		application/manifest+json webmanifest;
	}
	default_type application/octet-stream;
	charset utf-8;
	sendfile on;
	tcp_nopush on;
	client_body_temp_path "$shm/nginx/body";
	fastcgi_temp_path "$shm/nginx/fastcgi";
	proxy_temp_path "$shm/nginx/proxy";
	scgi_temp_path "$shm/nginx/scgi";
	uwsgi_temp_path "$shm/nginx/uwsgi";
	include "$dir/nginx/site.conf";
	access_log "$dir/log/nginx-access.log" balcao;
	# Another name than ours is somebody else's page.
	server {
$(web_listen " default_server" | sed 's/^/\t\t/')
		ssl_certificate "$dir/tls/certificate.pem";
		ssl_certificate_key "$dir/tls/key.pem";
		return 421;
	}
}
END
}

# web_answers: wait for the first page.
web_answers() {
	local i answer=

	for i in $(seq 1 150); do
		answer=$(curl -k -s -o "$dir/log/first-page" -m 5 \
		    -w '%{http_code}' "https://localhost:$port/" || true)
		[ "$answer" != 200 ] || return 0
		rooms_live || return 1
		sleep 0.2
	done
	echo "https://localhost:$port/ answers $answer instead of 200."
	return 1
}

web_down() {
	stop nginx "$dir/run/nginx.pid" "$dir/nginx/nginx.conf" QUIT
}
