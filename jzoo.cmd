@echo off
rem Runs the command jzoo from a checkout on Windows. Builds it on first use. After a change of the sources, delete .jzoo\current.
rem Each build has its own folder, so that a running jzoo keeps its jars.
setlocal
set "ROOT=%~dp0"
set "STATE=%ROOT%.jzoo"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "ID="
if exist "%STATE%\current" set /p ID=<"%STATE%\current"
set "BUILD=%STATE%\builds\%ID%"
set "JAR=%BUILD%\jzoo-cli-0.2.0.jar"
if defined ID if exist "%JAR%" goto run

echo Building JZoo ^(first use, a few minutes^) ... 1>&2
:name
set "ID=%RANDOM%-%RANDOM%"
set "BUILD=%STATE%\builds\%ID%"
set "JAR=%BUILD%\jzoo-cli-0.2.0.jar"
if exist "%BUILD%" goto name
mkdir "%BUILD%"
pushd "%ROOT%"
call mvn -B -pl cli package -Dmaven.test.skip=true "-Djzoo.build=%BUILD%" >"%STATE%\build.log" 2>&1
set "FAILED=%ERRORLEVEL%"
popd
if not "%FAILED%"=="0" goto failed
if not exist "%JAR%" goto failed
type nul >"%BUILD%\in-use"
>"%STATE%\current.new" echo %ID%
move /y "%STATE%\current.new" "%STATE%\current" >nul
"%JAVA%" -cp "%JAR%" dev.jzoo.cli.BuildCleanup "%STATE%\builds" %ID% >>"%STATE%\build.log" 2>&1

:run
"%JAVA%" %JZOO_JAVA_OPTS% "-Djzoo.checkout=%ROOT:~0,-1%" "-Djzoo.build=%BUILD%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:failed
rmdir /s /q "%BUILD%"
echo error: The build failed. Maven's output is in %STATE%\build.log. 1>&2

exit /b 1
