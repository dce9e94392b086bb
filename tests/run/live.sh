#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Liveness: waits that are legal end and are no report, whoever has to leave for
# it; the others are, with a token that shows them again.

. "$(dirname "$0")/lib.sh"

# scenario NAME SETUP-STEPS < TASKS AND CLAUSES
scenario()
{
	{
		echo "# $1"
		echo 'setup {'
		echo '	g0 = iommu_group'
		echo '	d0 = device "0000:00:03.0" group=g0 driver=sample'
		printf '%s' "$2"
		echo '}'
		cat
		echo 'task admin { unbind d0 }'
		echo 'sometimes unbind == 0 and unbind waited'
		echo 'finally not bound(d0)'
	} >"$tmp/$1.scn"
}

opened='	c = open /dev/vfio/vfio O_RDWR (expect: >= 0)
	grp = open /dev/vfio/$g0 O_RDWR (expect: >= 0)
	ioctl grp SET_CONTAINER c (expect: 0)
	ioctl c SET_IOMMU TYPE1 (expect: 0)
'
fd='	fd = ioctl grp GET_DEVICE_FD d0 (expect: >= 0)
'

legal()
{
	guest run "$tmp/$1.scn" --budget 2k -q >"$tmp/out" 2>&1 && return
	cat "$tmp/out"
	return 1
}

scenario left-open-by-setup "$opened$fd" </dev/null
check "what the setup has left open is closed" legal left-open-by-setup

scenario does-not-listen "$opened$fd" <<'EOF'
task user { hold }
never hold == 1
EOF
check "a user who does not listen" legal does-not-listen

scenario listens "$opened" <<'EOF'
task user {
	fd = ioctl grp GET_DEVICE_FD d0
	hold fd
	close fd
	close grp
	close c
}
never hold == 0
EOF
check "a user who listens is asked" legal listens

scenario tries-and-keeps "$opened$fd" <<'EOF'
task other forever {
	ioctl setup.fd GET_INFO
}
EOF
check "for ever, but not in the way of anybody" legal tries-and-keeps

scenario killed "$opened" <<'EOF'
task user {
	fd = ioctl grp GET_DEVICE_FD d0
	hold fd
}
task other {
	sleep 5s
	kill user
}
EOF
check "a user who is killed" legal killed

# A user who is in the way: red, and the same again from its token.
starves()
{
	guest run "$tmp/$1.scn" --budget 2k --json >"$tmp/out" 2>"$tmp/err"
	case $(member status <"$tmp/out"),$(member oracle <"$tmp/out"),$(member headline <"$tmp/out") in
	"fail,liveness,INFO: task admin:"*" blocked for more than 120 seconds. $2"*) ;;
	*)
		cat "$tmp/out" "$tmp/err"
		return 1
		;;
	esac
	said=$(member headline <"$tmp/out")
	guest replay "$tmp/$1.scn@$(members token <"$tmp/out" | tail -n 1 | cut -d @ -f 2)" --json >"$tmp/again" 2>"$tmp/err"
	[ "$(member headline <"$tmp/again")" = "$said" ]
}

scenario opens-for-ever "$opened" <<'EOF'
task user forever {
	a = ioctl grp GET_DEVICE_FD d0
	close b
	b = ioctl grp GET_DEVICE_FD d0
	close a
}
EOF
scenario holds-a-container "$opened" <<'EOF'
task user { hold }
EOF
case $VFIOSIM_KVERSION in
5.1[0-8].*)
	check "starvation" starves opens-for-ever "Starvation: "
	check "a user who cannot be asked" starves holds-a-container "Idle user: user"
	;;
5.* | 6.[0-5].*)
	check "starvation" starves opens-for-ever "Starvation: "
	;;
esac
finish
