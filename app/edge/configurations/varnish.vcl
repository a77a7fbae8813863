vcl 4.1;

# Printed by `onopen cdn varnish` for one site; it holds secrets. Print it again whenever the metric
# onopen_cdn_astray_total grows: until then, placeholders whose rules have changed are not shared.
#
# What is kept under one key was decided on that key alone: it is sent to onopen as X-Onopen-Variant, with a word that
# vouches for it. Whatever cannot be told for certain is passed, which is always right.

import blob;
import directors;
import std;

probe health {
    .url = "/health";
    .interval = 1s;
    .timeout = 1s;
    .window = 3;
    .threshold = 2;
    .initial = 2;
}

{% for backend in backends %}backend onopen_{{ loop.index }} {
    .host = "{{ backend.host }}";
    .port = "{{ backend.port }}";
    .connect_timeout = 1s;
    .probe = health;
}

{% endfor %}sub vcl_init {
    new onopen = directors.round_robin();
{% for backend in backends %}    onopen.add_backend(onopen_{{ loop.index }});
{% endfor %}{% for spare in spares %}    new spare_{{ loop.index }} = blob.blob(BASE64, "{{ spare.base64 }}");
{% endfor %}}

{% if placeholders | selectattr('visitor') | list %}# Those in front of us who may speak for a client: ONOPEN_EDGE__TRUSTED_PROXIES.
acl proxies {
{% for network in proxies %}    {{ network | acl }};
{% else %}    "255.255.255.255";
{% endfor %}}

# Where nobody reads mail: mail providers' networks, our own proxies, and what is no address, or hides one in another.
acl nobody_reads {
    "0.0.0.0";
    "::ffff:0:0"/96;
{% for network in proxies + mail_networks %}    {{ network | acl }};
{% endfor %}}

{% endif %}sub vcl_recv {
    unset req.http.X-Onopen-Variant;
    unset req.http.X-Onopen-Key;
    unset req.http.X-Onopen-Visitor;
    if (req.restarts == 0) {
        unset req.http.X-Onopen-Again;
        unset req.http.X-Onopen-Down;
    }
{% if purge_key %}
    if (req.method == "PURGE") {
        if (req.http.X-Onopen-Purge-Key != "{{ purge_key | string('ONOPEN_EDGE__PURGE_KEY') }}") {
            return (synth(403, "Not allowed"));
        }
        if (req.http.X-Onopen-Tags !~ "^[a-z0-9/._%-]+$") {
            return (synth(400, "Name one tag"));
        }
        ban("obj.http.X-Onopen-Tags ~ (^|\s)" + regsuball(req.http.X-Onopen-Tags, "\.", "[.]") + "(\s|$)");
        return (synth(200, "Dropped"));
    }
{% endif %}
    if ((req.method != "GET" && req.method != "HEAD") || req.url !~ "^/i/") {
        return (pass);
    }
    unset req.http.Range;  # a mail client gets the whole picture
    call onopen_variant;
    if (!req.http.X-Onopen-Key) {
        return (pass);
    }
    unset req.http.Cookie;
    unset req.http.Accept-Encoding;
    if (req.http.X-Onopen-Again) {
        set req.grace = 0s;  # what is kept is older than it may be: ask, once for all who wait
    }
    return (hash);
}

{% if placeholders | selectattr('visitor') | list %}# The class of visitor; of nobody where the reader's address - the client's, or the one that our own proxy vouches for -
# lies where nobody reads mail.
sub onopen_visitor {
{% for class in visitors | sort(attribute="anywhere") %}{% set first = loop.first %}{% for pattern in class.patterns %}    {{ "if" if first and loop.first else "} elseif" }} (req.http.User-Agent ~ {{ pattern | long }}) {
        set req.http.X-Onopen-Visitor = "{{ class.word }}";
{% endfor %}{% endfor %}    }
    if (!req.http.X-Onopen-Visitor{% for class in visitors if class.anywhere %} || req.http.X-Onopen-Visitor == "{{ class.word }}"{% endfor %}) {
        return;
    }
    set req.http.X-Onopen-Reader = client.ip;
    if (client.ip ~ proxies) {
        set req.http.X-Onopen-Reader = regsub(req.http.X-Forwarded-For, "^(.*,)?\s*(?i:::ffff:)?([^, ]+)\s*,[^,]*$", "\2");
    }
    if (std.ip(req.http.X-Onopen-Reader, "0.0.0.0", false) ~ nobody_reads) {
        unset req.http.X-Onopen-Visitor;
    }
    unset req.http.X-Onopen-Reader;
}

{% endif %}# The values of the key, in a query that says everything once and plainly; any other is answered for itself.
sub onopen_variant {
    if (req.url ~ "^.{1000}"
        || req.url !~ "^/i/[^?#]*(\?([A-Za-z0-9_.~-]+=[^&?#]*)(&[A-Za-z0-9_.~-]+=[^&?#]*){0,62}&?)?$") {
        return;
    }
    if (req.url ~ "[?&]t=") {
        return;  # a token speaks for one person
    }
{% for shared in placeholders %}    if (req.url ~ "^/i/{{ shared.name }}(\.(png|jpg|jpeg|gif))?(\?|$)") {
{% for name in shared.params %}        if (req.url ~ "[?&]{{ name }}=.*&{{ name }}=") {
            return;
        }
{% endfor %}{% if shared.visitor %}        call onopen_visitor;
        if (!req.http.X-Onopen-Visitor) {
            return;
        }
{% endif %}        set req.http.X-Onopen-Variant = "&";
{% for name in shared.params %}        if (req.url ~ "[?&]{{ name }}=[^&]") {
            set req.http.X-Onopen-Variant = req.http.X-Onopen-Variant + "&{{ name }}="
                + {{ "std.tolower(" if name in shared.folded }}regsub(req.url, "^[^?]*[?](.*&)?{{ name }}=([^&]*).*$", "\2"){{ ")" if name in shared.folded }};
        }
{% endfor %}{% if shared.visitor %}        set req.http.X-Onopen-Variant = req.http.X-Onopen-Variant + "&:visitor=" + req.http.X-Onopen-Visitor;
{% endif %}        set req.http.X-Onopen-Key = "{{ shared.voucher }}";
        return;
    }
{% endfor %}}

sub vcl_hash {
    hash_data(req.http.Host);
    hash_data(regsub(req.url, "[?].*$", ""));
    hash_data(req.http.X-Onopen-Variant);
    return (lookup);
}

sub vcl_hit {
    if (obj.ttl < 0s && std.healthy(onopen.backend()) && !req.http.X-Onopen-Again && !req.http.X-Onopen-Down
        && obj.ttl + std.duration(obj.http.X-Onopen-While-Asking, 0s) < 0s) {
        set req.http.X-Onopen-Again = "yes";
        return (restart);
    }
    return (deliver);
}

sub vcl_backend_fetch {
    set bereq.backend = onopen.backend();
    if (bereq.url ~ "^/[il]/") {
        set bereq.first_byte_timeout = {{ patience_s }}s;  # they answer within their budget, or not at all
    }
    return (fetch);
}

sub vcl_backend_response {
    if (beresp.status >= 500 && bereq.url ~ "^/i/") {
        return (error(503, "No picture"));  # of a balancer between us: onopen always has one
    }
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.status != 200 || beresp.http.CDN-Cache-Control !~ "^max-age=[0-9]+") {
        set beresp.uncacheable = true;
        set beresp.ttl = 1s;  # nobody waits for another's answer meanwhile
        return (deliver);
    }
    set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^max-age=([0-9]+).*$", "\1s"), 0s);
    set beresp.http.X-Onopen-While-Asking = "0s";
    set beresp.grace = 0s;
    if (beresp.http.CDN-Cache-Control ~ "stale-while-revalidate=[0-9]+") {
        set beresp.http.X-Onopen-While-Asking =
            regsub(beresp.http.CDN-Cache-Control, "^.*stale-while-revalidate=([0-9]+).*$", "\1s");
        set beresp.grace = std.duration(beresp.http.X-Onopen-While-Asking, 0s);
    }
    if (beresp.http.CDN-Cache-Control ~ "stale-if-error=[0-9]+") {
        set beresp.grace = beresp.grace
            + std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 0s);
    }
    set beresp.keep = 0s;
    set beresp.http.CDN-Cache-Control = "no-store";  # a CDN in front of us keys on less
    return (deliver);
}

sub vcl_deliver {
    if (resp.status == 503 && req.http.X-Onopen-Key && !req.http.X-Onopen-Down) {
        set req.http.X-Onopen-Down = "yes";  # an old picture is better than none
        unset req.http.X-Onopen-Again;
        return (restart);
    }
    if (resp.status >= 500 && req.url ~ "^/[il]/") {
        return (synth(503, "Nobody answers"));
    }
    if (obj.uncacheable) {
        set resp.http.Cache-Status = "varnish; fwd=bypass";  # RFC 9211
    } elseif (obj.hits > 0) {
        set resp.http.Cache-Status = "varnish; hit";
    } else {
        set resp.http.Cache-Status = "varnish; fwd=miss";
    }
    unset resp.http.X-Onopen-Tags;
    unset resp.http.X-Onopen-While-Asking;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}

# While nobody answers: a mail client gets a picture all the same, and a click arrives somewhere.
sub vcl_synth {
    if (resp.status < 500 || (req.method != "GET" && req.method != "HEAD") || req.url !~ "^/[il]/") {
        return (deliver);
    }
    set resp.http.Cache-Control = "no-store";
    set resp.http.CDN-Cache-Control = "no-store";
    unset resp.http.Retry-After;
    if (req.url ~ "^/l/") {
        set resp.status = 302;
        set resp.reason = "Found";
        set resp.http.Location = "{{ home | string('home: in rules/site.yaml') }}";
        set resp.body = "";
        return (deliver);
    }
    set resp.status = 200;
    set resp.reason = "OK";
    set resp.http.X-Onopen-Rung = "fallback";
{% for spare in spares %}    {{ "if" if loop.first else "} elseif" }} (req.url ~ "{{ spare.pattern }}") {
        set resp.http.Content-Type = "{{ spare.type }}";
        set resp.body = spare_{{ loop.index }}.get();
{% endfor %}    }
    return (deliver);
}

sub vcl_backend_error {
    if ((bereq.method == "GET" || bereq.method == "HEAD") && bereq.retries < {{ backends | length }}) {
        return (retry);  # another server may be alive, though the probes have not told
    }
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "1";
    set beresp.http.Content-Type = "text/plain";
    set beresp.body = "";
    return (deliver);
}
