// Printed by `onopen cdn cloudfront` for one site; it holds secrets. One CloudFront function (runtime 2.0), associated
// with viewer request AND viewer response of the behaviour for /i/*. Print it again whenever the metric
// onopen_cdn_astray_total grows: until then, placeholders whose rules have changed are not shared.
//
// Cache policy:          minimum TTL 0, maximum TTL 86400; headers Host, X-Onopen-Variant, X-Onopen-Key; no query strings,
//                        no cookies, no compression.
// Origin request policy: all viewer headers (User-Agent among them, which CloudFront replaces otherwise) and
//                        CloudFront-Viewer-Address, -Country, -Country-Region, -City, -Latitude, -Longitude,
//                        -Postal-Code, -Time-Zone; all query strings.
// Tags to purge by:      the header Cache-Tag.
//
// What is kept under one key was decided on that key alone: it is sent to onopen as X-Onopen-Variant, with a word that
// vouches for it. Whatever cannot be told for certain has a key of its own, and is kept by nobody.

var PLACEHOLDERS = {
{% for shared in placeholders %}  {{ shared.name | js }}: {params: {{ shared.params | list | js }}, folded: {{ shared.folded | sort | js }}, visitor: {{ shared.visitor | js }}, cell: {{ shared.cell | list | js }}, voucher: {{ shared.voucher | js }}},
{% endfor %}};

var CLASSES = [
{% for class in visitors %}{% for pattern in class.patterns %}  [{{ class.word | js }}, new RegExp({{ pattern | js }}), {{ class.anywhere | js }}],
{% endfor %}{% endfor %}];

// Where mail providers fetch from, and nobody reads mail.
var MAIL_NETWORKS = {{ mail_networks | list | js }};

var PLACES = {country: 'cloudfront-viewer-country', region: 'cloudfront-viewer-country-region', city: 'cloudfront-viewer-city'};

function handler(event) {
  return event.context.eventType === 'viewer-response' ? answered(event.response) : asked(event);
}

// Only CloudFront may keep it: mail clients and the proxies of mail providers ask again at each open.
function answered(response) {
  var said = response.headers['cache-control'];
  if (said && said.value.indexOf('s-maxage') >= 0) {
    response.headers['cache-control'] = {value: 'no-cache, max-age=0'};
  }
  return response;
}

function asked(event) {
  var request = event.request;
  var headers = request.headers;
  delete headers['x-onopen-key'];
  headers['x-onopen-variant'] = {value: event.context.requestId};
  delete headers['range'];
  var name = /^\/i\/([a-z0-9_-]+)(\.(png|jpg|jpeg|gif))?$/.exec(request.uri);
  var shared = name && Object.prototype.hasOwnProperty.call(PLACEHOLDERS, name[1]) ? PLACEHOLDERS[name[1]] : null;
  var variant = shared ? variantOf(shared, request, event.viewer.ip) : null;
  if (variant !== null) {
    headers['x-onopen-variant'] = {value: variant};
    headers['x-onopen-key'] = {value: shared.voucher};
  }
  return request;
}

// The values of the key, in a query that says everything once and plainly; null for any other.
function variantOf(shared, request, ip) {
  var said = request.querystring;
  var names = Object.keys(said);
  var length = 0;
  for (var i = 0; i < names.length; i++) {
    length += names[i].length + said[names[i]].value.length + 2;
    if (!/^[A-Za-z0-9_.~-]+$/.test(names[i]) || said[names[i]].multiValue || /[?#]/.test(said[names[i]].value)) {
      return null;
    }
  }
  if (names.length > 63 || length > 1000 || said.t) {  // a token speaks for one person
    return null;
  }
  var parts = [];
  shared.params.forEach(function (param) {
    if (said[param] && said[param].value) {
      var value = said[param].value;
      parts.push(param + '=' + (shared.folded.indexOf(param) < 0 ? value : value.toLowerCase()));
    }
  });
  if (shared.visitor) {
    var visitor = visitorOf(request.headers['user-agent'], ip);
    if (visitor === null) {
      return null;
    }
    parts.push(':visitor=' + visitor);
  }
  shared.cell.forEach(function (word) {
    var header = request.headers[PLACES[word]];
    if (header) {
      parts.push(':' + word + '=' + header.value.replace(/[&+]/g, encodeURIComponent));
    }
  });
  return '&' + parts.join('&');
}

function visitorOf(agent, ip) {
  for (var i = 0; i < CLASSES.length; i++) {
    if (agent && CLASSES[i][1].test(agent.value)) {
      return CLASSES[i][2] || !fetchesMail(ip) ? CLASSES[i][0] : null;
    }
  }
  return null;
}

function fetchesMail(ip) {
  var bits = bitsOf(ip);
  return bits === null || MAIL_NETWORKS.some(function (network) {
    var parts = network.split('/');
    var wanted = bitsOf(parts[0]);
    var length = Number(parts[1]);
    return wanted.length === bits.length && wanted.slice(0, length) === bits.slice(0, length);
  });
}

// An address as a text of zeros and ones; null for what is none.
function bitsOf(ip) {
  if (ip.indexOf(':') < 0) {
    var four = ip.split('.');
    return four.length === 4 ? four.map(function (part) { return binary(Number(part), 8); }).join('') : null;
  }
  if (ip.indexOf('.') >= 0) {
    return null;
  }
  var halves = ip.split('::');
  var left = halves[0] ? halves[0].split(':') : [];
  var right = halves[1] ? halves[1].split(':') : [];
  while (halves.length === 2 && left.length + right.length < 8) {
    left.push('0');
  }
  var groups = left.concat(right);
  return groups.length === 8 ? groups.map(function (part) { return binary(parseInt(part, 16), 16); }).join('') : null;
}

function binary(number, length) {
  return number.toString(2).padStart(length, '0');
}
