# Printed by `onopen cdn fastly` for one site; it holds secrets. Upload it as custom VCL, with a backend of your own.
# Print it again whenever the metric onopen_cdn_astray_total grows: until then, placeholders whose rules have changed are
# not shared. No test runs this file in Fastly itself; try it with `fastly vcl` in a service that nobody depends on.
#
# What is kept under one key was decided on that key alone: it is sent to onopen as X-Onopen-Variant, with a word that
# vouches for it. Whatever cannot be told for certain is passed, which is always right.

# Where mail providers fetch from, and nobody reads mail.
acl mail_networks {
{% for network in mail_networks %}  {{ network | acl }};
{% endfor %}}

sub vcl_recv {
#FASTLY recv
  # Only where the reader arrives: a shield hears what the edge has told.
  if (fastly.ff.visits_this_service == 0 && req.restarts == 0) {
    unset req.http.X-Onopen-Variant;
    unset req.http.X-Onopen-Key;
    unset req.http.X-Onopen-Visitor;
    set req.http.Fastly-Client-IP = client.ip;
    set req.http.X-Geo-Country = client.geo.country_code;
    set req.http.X-Geo-Region = client.geo.region;
    set req.http.X-Geo-City = urlencode(client.geo.city.utf8);
    set req.http.X-Geo-Latitude = client.geo.latitude;
    set req.http.X-Geo-Longitude = client.geo.longitude;
    set req.http.X-Geo-Postal-Code = client.geo.postal_code;
    set req.http.X-Geo-Continent = client.geo.continent_code;
    call onopen_visitor;
    call onopen_variant;
  }
  if ((req.method != "GET" && req.method != "HEAD" && req.method != "FASTLYPURGE") || !req.http.X-Onopen-Key) {
    return(pass);
  }
  unset req.http.Cookie;
  unset req.http.Range;
  return(lookup);
}

sub onopen_visitor {
{% for class in visitors %}{% for pattern in class.patterns %}  if (!req.http.X-Onopen-Visitor && {% if not class.anywhere %}client.ip !~ mail_networks && {% endif %}req.http.User-Agent ~ {{ pattern | long }}) {
    set req.http.X-Onopen-Visitor = "{{ class.word }}";
  }
{% endfor %}{% endfor %}}

# The values of the key, in a query that says everything once and plainly; any other is answered for itself.
sub onopen_variant {
  if (req.url ~ "^.{1000}"
      || req.url !~ {"^/i/[^?#]*(\?([A-Za-z0-9_.~-]+=[^&?#]*)(&[A-Za-z0-9_.~-]+=[^&?#]*){0,62}&?)?$"}) {
    return;
  }
  if (req.url ~ "[?&]t=") {
    return;  # a token speaks for one person
  }
{% for shared in placeholders %}  if (req.url ~ {"^/i/{{ shared.name }}(\.(png|jpg|jpeg|gif))?(\?|$)"}) {
{% for name in shared.params %}    if (req.url ~ "[?&]{{ name }}=.*&{{ name }}=") {
      return;
    }
{% endfor %}{% if shared.visitor %}    if (!req.http.X-Onopen-Visitor) {
      return;
    }
{% endif %}    set req.http.X-Onopen-Variant = "&";
{% for name in shared.params %}    if (req.url ~ "[?&]{{ name }}=([^&]+)") {
      set req.http.X-Onopen-Variant = req.http.X-Onopen-Variant "&{{ name }}=" {{ "std.tolower(re.group.1)" if name in shared.folded else "re.group.1" }};
    }
{% endfor %}{% if shared.visitor %}    set req.http.X-Onopen-Variant = req.http.X-Onopen-Variant "&:visitor=" req.http.X-Onopen-Visitor;
{% endif %}{% for word in shared.cell %}    set req.http.X-Onopen-Variant = req.http.X-Onopen-Variant "&:{{ word }}=" req.http.X-Geo-{{ word | title }};
{% endfor %}    set req.http.X-Onopen-Key = "{{ shared.voucher }}";
    return;
  }
{% endfor %}}

sub vcl_hash {
  set req.hash += req.http.host;
  set req.hash += regsub(req.url, "[?].*$", "");
  set req.hash += req.http.X-Onopen-Variant;
#FASTLY hash
  return(hash);
}

sub vcl_fetch {
#FASTLY fetch
  if (beresp.status >= 500 && beresp.status < 600 && stale.exists) {
    return(deliver_stale);
  }
  if (beresp.status >= 500 && req.url ~ "^/i/") {
    error 503;  # onopen always has a picture
  }
  if (beresp.status != 200 || beresp.http.Surrogate-Control !~ "max-age=[0-9]+") {
    set beresp.ttl = 0s;
    return(pass);
  }
  return(deliver);
}

sub vcl_error {
#FASTLY error
  if (obj.status >= 500 && obj.status < 600 && stale.exists) {
    return(deliver_stale);
  }
  if (obj.status >= 500 && obj.status < 600 && req.url ~ "^/[il]/" && (req.method == "GET" || req.method == "HEAD")) {
    call onopen_nobody_answers;
  }
  return(deliver);
}

# A mail client gets a picture all the same, and a click arrives somewhere.
sub onopen_nobody_answers {
  set obj.http.Cache-Control = "no-store";
  if (req.url ~ "^/l/") {
    set obj.status = 302;
    set obj.response = "Found";
    set obj.http.Location = "{{ home | string('home: in rules/site.yaml') }}";
    synthetic {""};
    return;
  }
  set obj.status = 200;
  set obj.response = "OK";
  set obj.http.X-Onopen-Rung = "fallback";
{% for spare in spares %}  {{ "if" if loop.first else "} elseif" }} (req.url ~ {{ spare.pattern | long }}) {
    set obj.http.Content-Type = "{{ spare.type }}";
    synthetic.base64 {{ spare.base64 | long }};
{% endfor %}  }
}

sub vcl_deliver {
#FASTLY deliver
  return(deliver);
}
