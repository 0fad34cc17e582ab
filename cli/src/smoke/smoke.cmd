@echo off
rem Tries a distribution as a new user has it, on Windows: smoke.cmd ARCHIVE.zip
rem
rem This script was NOT run: no Windows was available. It needs JAVA_HOME, and tar.exe, which Windows 10 and later have.
rem It unpacks the archive in an empty folder and runs it with an empty home and without a network, as far as JZOO_OFFLINE and an unreachable
rem proxy keep one out. It ends with "smoke: passed", or stops at the first check that fails.
setlocal
if "%~1"=="" goto usage
if not defined JAVA_HOME goto usage
set "ARCHIVE=%~f1"
set "PLACE=%TEMP%\jzoo smoke %RANDOM%"
mkdir "%PLACE%\home" "%PLACE%\tmp" "%PLACE%\work" "%PLACE%\programs" || exit /b 1
tar -xf "%ARCHIVE%" -C "%PLACE%\programs" || exit /b 1
for /d %%I in ("%PLACE%\programs\*") do set "ROOT=%%~fI"
set "JZOO=%ROOT%\bin\jzoo.cmd"
set "JZOO_HOME=%PLACE%\home"
set "JZOO_OFFLINE=1"
set "JZOO_JAVA_OPTS=-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9 "-Duser.home=%PLACE%\home" "-Djava.io.tmpdir=%PLACE%\tmp""
set "PATH=%JAVA_HOME%\bin;%SystemRoot%\System32"
pushd "%PLACE%\work"

call "%JZOO%" --version || goto failed
call "%JZOO%" doctor || goto failed
call "%JZOO%" verify --all || goto failed
call "%JZOO%" quickstart || goto failed
call "%JZOO%" export runs\quickstart --out exported.onnx || goto failed
call "%JZOO%" run exported.onnx || goto failed
call "%JZOO%" finetune --base mnist-lenet --data "%ROOT%\docs\pictures\shapes" --name shapes || goto failed
call "%JZOO%" run shapes "%ROOT%\docs\pictures\shapes\ring\3.png" || goto failed
call "%JZOO%" train airline-lstm --engine dl4j --epochs 2 || goto failed
popd
rmdir /s /q "%PLACE%"
echo smoke: passed
exit /b 0

:failed
popd
echo smoke: FAILED, see %PLACE% 1>&2
exit /b 1
:usage
echo smoke: Set JAVA_HOME and name the archive: smoke.cmd ARCHIVE.zip 1>&2
exit /b 2
