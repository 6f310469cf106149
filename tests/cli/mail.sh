# A mailbox: what is read of it, its fields, and mails that are there twice.
sizes() { "$@" 2>&1 | sed -E '/^  .* (kB|MB|bytes)[,;]|% of the text/d'; }
cat >box.mbox <<'END'
From ada@example.org Thu Jan  1 09:00:00 2026
From: Ada <ada@example.org>
To: bob@example.org
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Date: Thu, 1 Jan 2026 09:00:00 +0100
Message-ID: <1@example.org>
Content-Type: multipart/mixed; boundary=cut

--cut
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Tee um f=FCnf?
--cut
Content-Type: image/png; name=garden.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--cut--

From bob@example.org Thu Jan  1 10:00:00 2026
From: bob@example.org
Subject: Re: tea
Message-ID: <2@example.org>

From here on at five.
>From the garden you hear the bell.

From ada@example.org Thu Jan  1 11:00:00 2026
From: Ada <ada@example.org>
Subject: again
Message-ID: <1@example.org>

The same mail, once more.
END
try sizes indexer box.mbox -o ix
try searcher -i ix --json garden
try searcher -i ix 'title:grüße'
try sizes indexer --force box.mbox -o ix --id-field message-id --store-field subject
try searcher -q -i ix --get 1@example.org
try indexer skipped ix
mkdir post && echo 'From: the garden' >post/a.txt && cp box.mbox post/b
try sizes indexer post -o post_ix
try searcher -q -i post_ix -l garden
try indexer post -o year --store-field year
