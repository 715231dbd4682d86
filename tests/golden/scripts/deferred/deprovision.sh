#!/bin/sh
waagent=`which waagent`
echo "$waagent -force -deprovision+user && export HISTSIZE=0 && sync && poweroff" | at now + 1 minute
