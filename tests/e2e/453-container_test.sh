#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/containers.md: sessions in a container, by a socket that is mounted and
# by an endpoint at an address of AWS's containers.  Namespaces are what
# containers are made of: in one that is this machine as far as the test goes
# there is another that is a container.
# slow
if [ -z "${IN_NAMESPACE-}" ]; then
    IN_NAMESPACE=1
    export IN_NAMESPACE
    # As whoever one is, or, where that may not be (in a chroot), as root.
    for rights in '--user --map-root-user' ''; do
        # shellcheck disable=SC2086 # two words, or none
        unshare $rights --net --mount true 2>/dev/null &&
            exec unshare $rights --net --mount sh "$0"
    done
    echo "ok 1 - a container # SKIP no namespaces here"
    echo 1..1
    exit
fi
# shellcheck source=tests/lib/e2e.sh
. "$TOP/tests/lib/e2e.sh"
cd "$work" || exit 1
ip link set lo up
aws_start
ME=arn:aws:iam::111122223333:user/alice
# The stand-in, as a container reaches it.
AWS_HERE=http://172.31.0.1:8000
# What a far side asks for goes where the near side's files say.
cat >"$AWS_CONFIG_FILE" <<END
[profile work]
region = eu-central-1
mfa_serial = $ARN
endpoint_url = $AWS_ENDPOINT_URL

[profile other]
mfa_serial = $ARN
source_profile = work
END
echo "$SEED" | fob -q add --serial "$ARN" --secret - phone >/dev/null

# --- a container, and the wire to it ----------------------------------------
ip link add wire0 type veth peer name eth0
ip address add 172.31.0.1/24 dev wire0
ip link set wire0 up
unshare --net --pid --fork --kill-child sleep 120 >/dev/null 2>&1 </dev/null &
unshared=$!
n=0
until inside=$(pgrep -P "$unshared" -x sleep); do
    n=$((n + 1))
    [ "$n" -lt 100 ] || exit 1
    sleep 0.1
done
ip link set eth0 netns "$inside"
within() {
    nsenter --target "$inside" --net -- "$@"
}
within ip link set lo up
within ip address add 172.31.0.2/24 dev eth0
within ip link set eth0 up
within ip route add default via 172.31.0.1
"$PYTHON" "$TOP/tests/lib/relay.py" 172.31.0.1:8000 \
    "${AWS_ENDPOINT_URL#http://}" >/dev/null 2>&1 &
relay=$!
forward=
trap 'kill $relay $unshared $forward 2>/dev/null; stop_all' EXIT

# --- by the socket ----------------------------------------------------------
# An image of two programs, neither of which needs a library.
mkdir -p image/bin image/fob image/root image/proc
cp "$O/fob" "$(command -v busybox)" image/bin/
for each in sh env; do
    ln -s busybox "image/bin/$each"
done
mkdir -m 700 box box/run
fob -q agent forward --profiles work --accounts '' --socket "$work/box/run/agent.sock" \
    >"$work/forward" 2>&1 &
forward=$!
await_file -S box/run/agent.sock
container() { # COMMAND ...: with the folder of the socket mounted
    run unshare --mount --net --pid --fork sh -c '
        mount --bind "$0/box" "$0/image/fob" &&
        mount -t proc proc "$0/image/proc" && exec chroot "$0/image" \
            env -i PATH=/bin FOB_HOME=/fob HOME=/root "$@"
    ' "$work" "$@"
    last="in the container: $*"
}
container fob credentials work
expect_json 'it["Version"] == 1 and it["SessionToken"]' \
    'a session by the socket, with fob alone in the image'
ID=$(sed 's/.*"AccessKeyId":"\([^"]*\)".*/\1/' out)
container fob exec work sh -c 'echo "$AWS_ACCESS_KEY_ID"'
expect_out "$ID" 'exec, too'
container fob credentials other
expect_error 4 'not open to this machine' 'only what the forward is for'
container fob code phone
expect_error 4 . 'no codes'
container fob lock --all
expect_error 1 'where the agent is' 'nothing that the owner would miss'
# What an SDK in there does.
mkdir -p image-home/.aws
printf '[profile work]\nregion = eu-central-1\ncredential_process = %s/fob credentials work\n' \
    "$O" >image-home/.aws/config
by_socket() { # COMMAND ...: on the container's network, with a home of its own
    run within env -u AWS_SHARED_CREDENTIALS_FILE -u FOB_PASSPHRASE_FILE \
        FOB_HOME="$work/box" HOME="$work/image-home" AWS_PROFILE=work \
        AWS_CONFIG_FILE="$work/image-home/.aws/config" \
        AWS_ENDPOINT_URL="$AWS_HERE" "$@"
    last="in the container: $*"
}
cat >cli <<'EOF'
#!/bin/sh
exec aws --endpoint-url "$AWS_ENDPOINT_URL" --region eu-central-1 \
    sts get-caller-identity --query Arn --output text
EOF
cat >boto3 <<EOF
#!$(command -v "$PYTHON")
import boto3, os
print(boto3.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"],
                   region_name="eu-central-1").get_caller_identity()["Arn"])
EOF
printf '#!/bin/sh\nexec node %s %s "$@"\n' "$TOP/tests/e2e/sdk/who.mjs" \
    "$O/sdk" >javascript
chmod 755 cli boto3 javascript
clients=boto3
command -v aws >/dev/null && clients="$clients cli"
[ -e "$O/sdk/node_modules" ] && clients="$clients javascript"
for client in $clients; do
    by_socket "./$client"
    expect_out "$ME" "$client by credential_process in a container"
done
kill "$forward"
wait "$forward"
container fob credentials work
expect_error 1 'no agent answers at /fob/run/agent.sock' 'when the forward ends, so does what the container has'

# --- by an endpoint ---------------------------------------------------------
run fob exec --server --listen 169.254.170.2 work true
expect_error 1 '169.254.170.2.*; sudo ip address add 169.254.170.2 dev lo' \
    'an address that is not there yet: how to add it'
ip address add 169.254.170.2 dev lo
ip address add 169.254.170.23 dev lo
ip -6 address add fd00:ec2::23 dev lo nodad
at() { # ADDRESS COMMAND ...
    address=$1
    shift
    run env AWS_ENDPOINT_URL="$AWS_ENDPOINT_URL" \
        fob exec --server --listen "$address" work -- \
        nsenter --target "$inside" --net -- \
        env AWS_ENDPOINT_URL="$AWS_HERE" "$@"
    last="at $address: $*"
}
# Those addresses of EKS's are younger than Debian's clients.
knows_eks() { # CLIENT ADDRESS
    case $1 in
    cli) version=$(aws --version 2>&1 | sed 's|^aws-cli/\([0-9.]*\).*|\1|') ;;
    boto3) version=$("$PYTHON" -c 'import boto3; print(boto3.__version__)') ;;
    javascript) return 0 ;;
    esac
    case $1-$version in
    cli-1.*) least=1.30 ;;
    cli-*) least=2.15 ;;
    *) least=1.34.41 ;;
    esac
    printf '%s\n' "$least" "$version" | sort -VC && return 0
    skip "$1 at $2" "version $version refuses it"
    return 1
}
for client in $clients; do
    for address in 169.254.170.2 169.254.170.23:9023; do
        [ $address = 169.254.170.2 ] || knows_eks "$client" "$address" || continue
        at "$address" "./$client"
        expect_out "$ME" "$client asks $address from a container"
    done
done
at 169.254.170.2:80 env -u AWS_CONTAINER_CREDENTIALS_FULL_URI \
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/credentials ./boto3
expect_out "$ME" 'and by the relative URI of ECS, which is port 80'
for client in $clients; do
    knows_eks "$client" fd00:ec2::23 || continue
    run fob exec --server --listen fd00:ec2::23 work -- "./$client"
    expect_out "$ME" "$client asks at the address of EKS's IPv6"
done
at 169.254.170.2 "$PYTHON" "$TOP/tests/lib/endpoint.py" get GET /credentials ''
expect_out_like '^403 ' 'without the token there is nothing'
at 169.254.170.2 "$PYTHON" "$TOP/tests/lib/endpoint.py" dial 172.31.0.1
expect_out refused 'and no other address of the machine has it'
run fob exec --server --listen 0.0.0.0 work true
expect_error 2 'open to the network.*use loopback, 169.254.170.2'
run fob exec --server --listen 127.0.0.9:9009 work printenv \
    AWS_CONTAINER_CREDENTIALS_FULL_URI
expect_out http://127.0.0.9:9009/credentials 'a port may be chosen'
run fob exec --listen 127.0.0.1 work true
expect_error 2 'goes with --server'
finish
