@echo off
rem The command jzoo from a checkout on Windows: builds on first use. After a change of the sources, delete cli\target.
setlocal
set "ROOT=%~dp0"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "JAR=%ROOT%cli\target\jzoo-cli-0.1.0.jar"
if not exist "%JAR%" (
  echo Building JZoo ^(first use, a few minutes^) ... 1>&2
  if not exist "%ROOT%target" mkdir "%ROOT%target"
  pushd "%ROOT%"
  call mvn -B -pl cli package -Dmaven.test.skip=true >"%ROOT%target\jzoo-build.log" 2>&1
  popd
)
if not exist "%JAR%" (
  echo error: The build failed. All that Maven said is in %ROOT%target\jzoo-build.log. 1>&2
  exit /b 1
)
"%JAVA%" %JZOO_JAVA_OPTS% "-Djzoo.checkout=%ROOT:~0,-1%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%
