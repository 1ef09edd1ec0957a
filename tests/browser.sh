#!/bin/sh
# Install Debian's chromium and a CJK font for the page tests where the machine allows it.
# Where it does not, the page tests skip and say why.
command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q . && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "page tests will be skipped: no chromium, and this user cannot install it" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk \
    >/dev/null || echo "page tests will be skipped: chromium could not be installed" >&2
exit 0
