# What the measuring scripts share; to be sourced, not run. Times are in microseconds.

now() { date +%s%N; }

# The wall time of a command, its output thrown away.
measure() { local start; start=$(now); "$@" > /dev/null 2>&1 || true; echo $((($(now) - start) / 1000)); }

# The median of the numbers on standard input, one a line.
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : int((v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }

# The platform that the tool is published for: this one.
platform() {
  local rid
  rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)
  case "$rid" in linux-*|osx-*|win-*) echo "$rid" ;; *) echo linux-x64 ;; esac
}

# Publishes a project with the framework, both compiled together (docs/adr/0023-composite-ready-to-run.md). Arguments: the project, the target
# folder, further options.
# The analyzers have looked at the same files in the build, and are most of a compiler's work: here they stay out.
publish_whole() {
  local project=$1 target=$2
  shift 2
  dotnet publish "$project" -c Release -r "$(platform)" --self-contained -p:SelfContained=true -p:PublishReadyToRun=true \
    -p:PublishReadyToRunComposite=true -p:RunAnalyzers=false -p:RestorePackagesWithLockFile=false -o "$target" --nologo -v quiet "$@"
}

# The same without what nobody calls, as the tool is shipped (docs/adr/0043-trimmed.md).
publish_trimmed() {
  publish_whole "$@" -p:PublishTrimmed=true -p:TrimMode=full "-p:_ExtraTrimmerArgs=--strip-descriptors false"
}

# Publishes a program that does nothing, the floor of every start, to the folder of the second argument; the first is a folder to work in,
# the third the way of publishing.
publish_empty() {
  mkdir -p "$1/empty"
  cat > "$1/empty/empty.csproj" <<'P'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
</Project>
P
  echo 'return 0;' > "$1/empty/Program.cs"
  "${3:-publish_whole}" "$1/empty" "$2"
}
