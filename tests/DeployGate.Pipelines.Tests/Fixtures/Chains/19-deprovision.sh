#!/bin/sh
path=`which waagent`
echo "$path -force -deprovision+user && export HISTSIZE=0 && poweroff" | at now + 1 minute
