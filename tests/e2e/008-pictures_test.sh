#!/bin/sh
# SPDX-License-Identifier: MIT
# Pictures as people have them: in formats that fob does not read, with an app
# store's code beside the seed's, with nothing in them.
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
OTHER=ONXW2ZLUNBUW4ZZAMVWHGZJA
AWS_URI="otpauth://totp/Amazon%20Web%20Services:alice@111122223333?secret=$SEED"
GITLAB_URI="otpauth://totp/GitLab:carol?secret=$OTHER"
STORE_URI='https://apps.example.com/authenticator?from=console'
join() { "$PYTHON" "$TOP/tests/e2e/join.py" "$@"; }

# --- formats ----------------------------------------------------------------
# KIND FILE COMMAND BYTES: what both commands say of a file that begins so.
told() {
    printf "$4" >"$2"
    head -c 200 /dev/zero >>"$2"
    run fob add --qr "$2"
    expect_error 8 "$2 is an? $1.*fob reads PNG, JPEG and WebP" \
        "add tells $1"
    expect_err_like ": $3 \("
    run fob import "$2"
    expect_error 8 "$2 is an? $1" "import tells $1"
    expect_err_like ": $3 \("
}
told 'HEIC image' IMG_1.HEIC 'heif-convert IMG_1.HEIC IMG_1.png' \
    '\0\0\0\034ftypheic\0\0\0\0mif1heic'
told 'AVIF image' a.avif 'avifdec a.avif a.png' \
    '\0\0\0\040ftypavif\0\0\0\0avifmif1'
told 'JPEG XL image' a.jxl 'djxl a.jxl a.png' '\377\012\230\027'
told 'GIF image' a.gif 'convert a.gif a.png' 'GIF89a'
told 'BMP image' a.bmp 'convert a.bmp a.png' 'BM\066\354\0\0\0\0\0\0\066\004'
told 'TIFF image' a.tiff 'convert a.tiff a.png' 'II*\0\010\0\0\0'
told 'PDF document' a.pdf 'pdftoppm -png -r 200 a.pdf a' '%%PDF-1.7\n'
told 'SVG image' a.svg 'rsvg-convert -w 1000 -b white a.svg -o a.png' \
    '<?xml version="1.0"?><svg width="1">'
run_sh "fob add --qr - <a.gif"
expect_error 8 'stdin is a GIF image'
expect_err_like 'convert FILE FILE.png'
cp a.gif "my screen.gif"
run fob add --qr 'my screen.gif'
expect_err_like "convert 'my screen.gif' 'my screen.png'"

# --- WebP, by another program -----------------------------------------------
qrencode -o aws.png "$AWS_URI"
/usr/bin/python3 -c 'import sys
from PIL import Image
Image.open(sys.argv[1]).convert("RGBA").convert("RGB").save(sys.argv[2], lossless=True)' \
    aws.png aws.webp
run fob add --qr aws.webp webp
expect_status 0 'the code in a WebP is taken'
run fob code webp --at 59
expect_out "$(oathtool --totp -b --now '1970-01-01 00:00:59 UTC' "$SEED")" \
    "and it is oathtool's code"
run fob remove --force webp
expect_status 0
run fob import aws.webp
expect_status 0 'import takes it, too'
run fob remove --force 'Amazon Web Services:alice@111122223333'
expect_status 0

# --- codes of other kinds beside a seed's -----------------------------------
join "$STORE_URI" "$AWS_URI" 'WIFI:T:WPA;S:x;P:secret;;' beside.png
run fob add --qr beside.png beside
expect_status 0 'of three codes the only seed is taken'
run fob code beside --at 59
expect_out "$(oathtool --totp -b --now '1970-01-01 00:00:59 UTC' "$SEED")"
run fob remove --force beside
run fob import beside.png
expect_status 0 'import takes it and leaves out the others'
run fob list --json
expect 'and no more' [ "$(grep -c '"name"' "$work/out")" = 1 ]
run fob remove --force 'Amazon Web Services:alice@111122223333'
join "$STORE_URI" 'WIFI:T:WPA;S:x;P:secret;;' none.png
run fob add --qr none.png
expect_error 8 'none.png holds 2 QR codes, and none has a seed'
expect 'what they say is not repeated' sh -c '! grep -q -e WPA -e example "$1"' \
    - "$work/err"
join "$STORE_URI" "$AWS_URI" "$GITLAB_URI" several.png
run fob add --qr several.png
expect_error 8 'several.png holds 2 codes: .*alice@111122223333' \
    'two seeds are listed'
expect_err_like 'GitLab:carol'
expect 'by name alone' sh -c '! grep -q -e "$2" -e "$3" -e example "$1"' - \
    "$work/err" "$SEED" "$OTHER"
join 'otpauth-migration://offline?data=AAAA' "$STORE_URI" export.png
run fob add --qr export.png
expect_error 8 'export.png is an export of Google Authenticator'
expect_err_like 'fob import export.png'
join 'otpauth-migration://offline?data=AAAA' "$AWS_URI" both.png
run fob add --qr both.png
expect_error 8 '2 codes: .*an export of Google Authenticator'
expect_err_like 'fob import both.png'
join 'WIFI:T:WPA;S:x;P:secret;;' wifi.png
run fob add --qr wifi.png
expect_error 8 'QR code in wifi.png is no otpauth URI.*take a picture of the page'
expect 'what it says is not repeated' sh -c '! grep -q WPA "$1"' - "$work/err"
join 'msauth://activate?code=1' microsoft.png
run fob add --qr microsoft.png
expect_error 8 'Microsoft Authenticator.*choose another authenticator app'
join 'otpauth://totp/a?secret=JBSWY3DP' weak.png
run fob add --qr weak.png weak
expect_error 8 'fob add --force --qr weak.png weak'
echo "$AWS_URI" >uris.txt
run fob add --qr uris.txt
expect_error 8 'uris.txt is no picture.*run: fob import uris.txt'
run_sh 'fob add --qr - <uris.txt'
expect_error 8 'stdin is no picture.*run: fob import -'

# --- a code that nobody can read --------------------------------------------
join "$AWS_URI" "${AWS_URI%secret=*}secret=$(echo "$SEED" | rev)" whole.png
/usr/bin/python3 -c 'import sys
from PIL import Image, ImageDraw
image = Image.open(sys.argv[1]).convert("L")
side = image.width
ImageDraw.Draw(image).rectangle(
    [side * .42, side * 1.42, side * .78, side * 1.78], 255)
image.save(sys.argv[2])' whole.png blot.png
run fob import --list blot.png
expect_status 0
expect_err_like 'blot.png shows another QR code, which could not be read'
run fob add --qr blot.png blot
expect_status 0 'the other is taken'
expect_err_like 'blot.png shows another QR code' 'with a note'
run fob remove --force blot
run fob import --list whole.png
expect_err '' 'of a picture of which all was read nothing is said'

# --- nothing in it ----------------------------------------------------------
join empty.png
run fob add --qr empty.png
expect_error 8 'no QR code was found in the image; cut it down to the whole code'
finish
